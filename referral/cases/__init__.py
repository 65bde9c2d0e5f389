"""A case: opening it, what it keeps of the person, its notes, clocks and history."""
