"""The parts of an application form and their fields."""
