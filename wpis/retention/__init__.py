"""What is deleted when its time is over, and how long that is; `wpis_delete_expired` in the database does it."""
