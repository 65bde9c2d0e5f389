"""The front door of the people who work at an agency."""
