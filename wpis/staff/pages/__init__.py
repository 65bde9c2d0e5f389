"""The pages of administrators and of the second person."""
