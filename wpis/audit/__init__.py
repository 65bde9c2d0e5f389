"""The audit trail: `record(...)` writes one row for every write, decision and sensitive read."""
