"""The file page of an officer: filed data with comparisons and masks, documents and history."""
