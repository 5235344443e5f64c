"""EDIFACT: envelope, CONTRL, and the messages that we write, each in a module of its own."""
