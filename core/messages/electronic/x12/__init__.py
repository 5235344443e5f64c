"""X12: envelope, technical answers, and the transaction sets that we write, each in a module of its own."""
