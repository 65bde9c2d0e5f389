"""Forms of the caseworker, the partner and the auditor."""
