"""Items, units and packs, customers' part numbers, prices."""
