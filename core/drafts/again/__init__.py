"""Drafts looked at again, because something that they hang on changed."""
