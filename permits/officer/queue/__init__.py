"""The officer's queue: tabs, filters, search, order and pages."""
