"""Pages of the people who work at an agency."""
