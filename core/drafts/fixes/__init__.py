"""What mends a problem at a key."""
