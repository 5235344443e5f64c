"""The parts of the workbench, each filled from rows."""
