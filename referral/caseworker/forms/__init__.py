"""Forms of the caseworker."""
