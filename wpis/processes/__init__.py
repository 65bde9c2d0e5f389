"""A running process: what is installed in it, its health, logs and memory."""
