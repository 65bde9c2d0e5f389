"""Signing up, and letters that anybody can ask for: the same work whether or not an address has an account."""
