"""Companies as claimed and verified: states, who may take which step, letters; and invitations of delegates."""
