"""The PostgreSQL, the Valkey and the processes that demo, tests and the smoke walk start by themselves."""
