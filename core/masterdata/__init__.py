"""Master data as described tables: screens, files and REST all read the same descriptions."""
