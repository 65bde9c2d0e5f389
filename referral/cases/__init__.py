"""A case: opening it, what it keeps of the person and of the person's answers, its notes, clocks and history."""
