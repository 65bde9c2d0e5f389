"""The workers: where they come from, their names in both scripts, their passports."""
