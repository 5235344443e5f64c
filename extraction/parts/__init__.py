"""Several parts and several orders of one message."""
