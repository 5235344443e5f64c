"""Customers, items, stock: to look up."""
