"""Screening: a batch of submissions is put to the rulesets, and alerts are raised."""
