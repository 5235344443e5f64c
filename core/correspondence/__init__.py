"""Which facts a mail needs, and whether it may go out at all."""
