"""One way to write a value for a reader: money, numbers, days, lists."""
