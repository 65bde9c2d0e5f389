"""The caseworker's pages."""
