"""Date and number formats for English as used in Armenia."""
