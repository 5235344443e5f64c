"""Reading hostile documents in throw-away children with limits of time, memory and output."""
