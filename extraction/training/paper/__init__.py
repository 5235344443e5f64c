"""Invented orders printed on pages of random layout, section by section."""
