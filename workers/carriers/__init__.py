"""Ways on which a file leaves: each takes the bytes to their place, and twice for the same message is the same file."""
