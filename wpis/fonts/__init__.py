"""The fonts of printed documents, and which signs they hold."""
