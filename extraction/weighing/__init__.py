"""What was read weighed together: one value a field, and how sure it is."""
