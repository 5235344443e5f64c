"""Earlier orders: told again, stood in for, repeated."""
