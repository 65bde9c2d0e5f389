"""The starting catalogue of indicators: one folder for each group of evidence, one file for each indicator."""
