"""Training data that we generate, the training itself, and the scoring of readings."""
