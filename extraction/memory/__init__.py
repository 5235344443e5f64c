"""What the corrections of a clerk teach about one customer's documents, and how the next document is read by it."""
