"""The order screens: the list, one order with its timeline, its steps."""
