"""Pages of the caseworker."""
