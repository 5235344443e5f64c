"""The booked order: book, change, hold, cancel, close."""
