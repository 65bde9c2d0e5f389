"""Facts: what is known about a submission at the moment it was filed, as one typed row."""
