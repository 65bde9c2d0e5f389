"""The employers' interface for programs (REST)."""
