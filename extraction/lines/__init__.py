"""Records of a table become order lines."""
