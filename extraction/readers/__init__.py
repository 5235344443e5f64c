"""One reader for each kind of part; all return a `layout.Reading`."""
