"""What a browser is told at the end of a sign-in or sign-out, and when another site led it here."""
