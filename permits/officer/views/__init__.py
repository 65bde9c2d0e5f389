"""The officer's pages, one file per kind of work."""
