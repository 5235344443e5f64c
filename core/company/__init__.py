"""Our own firm: name, addresses, calendar, policies; one row that every document uses."""
