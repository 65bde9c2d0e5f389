"""Child processes: which there are, and how none of them outlives the one who started it."""
