"""Allocation, backorders, release to the warehouse."""
