"""A synthetic country: invented employers, workers and applications with planted, known patterns.

`generator.py` and all that it uses is pure: plain dataclasses out of a seed, no database. `playing` lets each
installed app act day by day through its real actions. It serves the demo, exercises and benchmarks; no person,
company, telephone or passport in it exists.
"""
