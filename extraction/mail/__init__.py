"""What a mail says anew, cites and signs."""
