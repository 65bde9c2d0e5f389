"""Early warning: facts, rules, screening, alerts for people to look at. Knows `permits.feed` and `wpis`."""
