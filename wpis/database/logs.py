"""The settings of PostgreSQL by which no value of a statement gets into its log."""

SILENT = {
    "log_min_error_statement": "panic",  # a statement that fails holds what somebody filed
    "log_error_verbosity": "terse",  # DETAIL quotes the row, CONTEXT the statement
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""For the whole server where it is ours (the embedded one, docker-compose.yml), for each role by `grant_surfaces`."""
