"""People who sign in: accounts, roles and powers in code, sign-in rules."""
