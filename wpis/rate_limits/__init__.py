"""Rate limiting: one exact limiter in PostgreSQL for pages, interfaces for programs and sign-in."""
