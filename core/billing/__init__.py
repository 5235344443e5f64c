"""Invoice and credit note."""
