"""One way to write a value for a reader: money, numbers, days, answers, codes, masks; `values.write` picks by kind."""
