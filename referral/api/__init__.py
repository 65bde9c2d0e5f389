"""A body's interface for programs (REST): what was sent to it, and its answers."""
