"""What corrections taught about the documents of each sender: stored, recalled, shown and revoked."""
