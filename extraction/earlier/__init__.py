"""Orders told by an earlier one: as last time, but."""
