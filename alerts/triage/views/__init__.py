"""Pages of the screening desk."""
