"""Which lane a message belongs to, and why."""
