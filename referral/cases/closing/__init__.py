"""Closing a case with a second person: when one is needed, the proposal, its confirmation and refusal."""
