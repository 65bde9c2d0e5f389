"""The agencies of the one window that give opinions: one YAML file each, and the reader of these files."""
