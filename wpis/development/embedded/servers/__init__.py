"""PostgreSQL and Valkey out of wheels: found, started, stopped and thrown away."""
