"""`make demo`: the whole stack with a seeded country, until Ctrl-C."""
