"""Item tables: the rows under a head put together into records, one a line of the order."""
