"""Commands of the permit procedure."""
