"""Pick, pack, ship, deliver."""
