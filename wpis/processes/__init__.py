"""A running process as its operator sees it: health, logs and memory."""
