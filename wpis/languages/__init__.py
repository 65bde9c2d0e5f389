"""The languages of the service: which one the reader has chosen, and texts that are stored in several."""
