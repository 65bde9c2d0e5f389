"""What holds when several people edit the same values."""
