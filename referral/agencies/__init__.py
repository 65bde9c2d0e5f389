"""The directory of receiving agencies: one YAML file for each, read strictly."""
