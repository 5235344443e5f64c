"""Changes of booked orders: what they change, and a clerk's own."""
