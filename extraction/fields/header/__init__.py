"""Header fields from labels: each field has a small reader that turns a label's words into its value, or refuses."""
