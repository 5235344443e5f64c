"""UN/EDIFACT: service string advice, segments, envelope, and the messages we read, each in a module of its own."""
