"""Readers of single values: numbers, days, codes, parties, terms, totals."""
