"""Applications before they are filed: started with nothing saved yet, and abandoned ones (`wpis.retention`)."""
