"""What can be delivered when, and why: pure questions and answers, and the verb that stores a promise."""
