"""The pages of the people who work at an agency."""
