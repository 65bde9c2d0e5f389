"""Date and number formats for Armenian."""
