"""Measurements, each beside a baseline taken in the same run: `make bench`. Nothing here asserts a time."""
