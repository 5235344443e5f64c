"""Restricted parties: lists, the screen that looks names up in them, and the log of every look."""
