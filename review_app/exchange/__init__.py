"""Screens of the exchange with partners."""
