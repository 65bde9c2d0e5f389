"""What was filed, sealed and immutable: the shape of a snapshot, how it is taken and read."""
