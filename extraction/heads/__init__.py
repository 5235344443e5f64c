"""Heads of tables: what their wording means, which rows are heads, and the columns they name."""
