"""An outbox row becomes an electronic answer: which message, in whose words, under which numbers, by which carrier."""
