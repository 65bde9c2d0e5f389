"""The second factor of an account: setting up the first one, adding, replacing, removing."""
