"""Code lists from their standards: provinces, countries, languages, occupations, with names in each language."""
