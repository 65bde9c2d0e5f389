"""Work permits: applications, checks, decisions, permits. The upstream app; it imports only `wpis`."""
