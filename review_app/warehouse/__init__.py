"""The warehouse screens: for a tablet and a scanner."""
