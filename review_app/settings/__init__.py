"""What the administrator sets and watches."""
