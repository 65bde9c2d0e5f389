"""English as used in Armenia."""
