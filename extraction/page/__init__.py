"""What every reader returns: words with their places, put into rows and segments."""
