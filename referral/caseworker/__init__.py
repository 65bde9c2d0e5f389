"""The caseworker's front door."""
