"""The employer's pages, one file per idea; each POST is one action and a redirect."""
