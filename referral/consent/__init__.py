"""Records the person's answers and withdraws consents, which ends access to what was sent on them."""
