"""The officer's queue: filters, search, order and pages."""
