"""Figures from the journal, each with its definition."""
