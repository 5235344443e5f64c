"""Other ways for a line that misses its wish."""
