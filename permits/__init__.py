"""Work permits: applications, checks, decisions, permits. The upstream app; it knows only `wpis`."""
