"""The base of the REST interfaces: tokens, idempotent requests, a common error format."""
