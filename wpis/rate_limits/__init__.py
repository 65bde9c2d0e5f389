"""How often somebody may ask: one exact limiter in PostgreSQL for pages, programs and sign-in."""
