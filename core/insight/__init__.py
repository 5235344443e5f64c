"""Figures about ourselves, each with its definition."""
