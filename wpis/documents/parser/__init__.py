"""Runs in a short-lived process of its own, away from the site: looks into one untrusted file and draws it."""
