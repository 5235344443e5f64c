"""The clerk's screens: queue, lanes, documents, workbench."""
