"""The trained language model and its parts."""
