"""Search for people and companies by name."""
