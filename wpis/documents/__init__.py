"""Identity documents and uploads: reading, validation, quarantine and malware scanning."""
