"""The order under review."""
