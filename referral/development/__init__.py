"""What developers run of this app and production never does."""
