"""The file page of an officer: filed data with comparisons and masks, next steps and history."""
