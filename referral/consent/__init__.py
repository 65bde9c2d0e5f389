"""Recording what the person answered, and taking an answer back, which ends what was sent on it."""
