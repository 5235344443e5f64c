"""Master data and stock from CSV or XLSX: every row is tried, every problem told, and all or nothing is kept."""
