"""Indicators about the terms of work: wage, hours, the written contract and its language."""
