"""What developers run and production never does: embedded servers and the synthetic country."""
