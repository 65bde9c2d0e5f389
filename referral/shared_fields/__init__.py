"""The closed catalogue of what may be shared about a person or a workplace."""
