"""The addresses of each surface, and those that every surface has."""
