"""The agencies' interface for programs (REST): what was sent to them, and their answers."""
