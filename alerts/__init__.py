"""Early warning: facts, rules, screening, alerts for people to look at. Imports only `permits.feed` and `wpis`."""
