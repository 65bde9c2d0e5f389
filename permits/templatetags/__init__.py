"""Template tags of the permit pages."""
