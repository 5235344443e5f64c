"""Orders told in sentences and lists instead of tables."""
