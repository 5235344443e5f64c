"""Order lines that stand in other shapes than a table under a head."""
