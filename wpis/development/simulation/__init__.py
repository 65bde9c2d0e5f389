"""A synthetic country: invented employers, workers and applications with planted, known patterns.

Everything up to `generator.py` is pure: plain dataclasses out of a seed, no database. `playing` lets each
installed app play its part, day by day, through its real actions. It serves the demo, exercises and
benchmarks; no person, company, telephone or passport in it exists.
"""
