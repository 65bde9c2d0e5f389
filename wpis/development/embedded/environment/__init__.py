"""What a bare machine lacks: the Python environment, a browser for the journeys."""
