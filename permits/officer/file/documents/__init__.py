"""The documents of a file: which page the viewer shows, and that page as an image."""
