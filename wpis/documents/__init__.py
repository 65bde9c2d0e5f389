"""Identity documents and uploads: what they say, and whether they can be trusted."""
