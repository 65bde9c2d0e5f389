"""What is asked of PostgreSQL beyond tables: locks, and what each role may hold, see and leave in a log."""
