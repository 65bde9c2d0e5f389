"""Code lists from their standards: provinces of Armenia (ISO 3166-2:AM)."""
