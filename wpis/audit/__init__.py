"""The audit trail: `trail.record(...)` writes one event for every write, decision and sensitive read."""
