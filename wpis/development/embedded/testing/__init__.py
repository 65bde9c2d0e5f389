"""The pytest plugin: servers for a test run, and a database for each of its processes."""
