"""The promise watch: which open promises a change of supply, capacity or calendar breaks, and what people decide."""
