"""What an officer does with a file: take it, ask, propose, confirm, send back."""
