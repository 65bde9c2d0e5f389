"""One file as an officer reads it: what was filed, compared, masked, with its documents and history."""
