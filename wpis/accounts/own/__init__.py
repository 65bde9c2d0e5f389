"""What everybody does with their own account: one page that leads to password, second step, addresses and sessions."""
