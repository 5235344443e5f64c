"""Master data from CSV or XLSX files: read, planned, and kept in whole or by valid rows."""
