"""ASC X12: delimiters, segments, envelope, and the messages we read, each in a module of its own."""
