"""Development tools of this app; they are not part of the production image."""
