"""What failed when somebody tried to sign in, as the audit trail keeps it."""
