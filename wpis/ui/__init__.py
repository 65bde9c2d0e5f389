"""What every page shares: form renderer, fields, template tags, middleware and error pages."""
