"""What arrived: one mail, file or EDI transaction, kept as it came."""
