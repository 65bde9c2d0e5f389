"""What every interface for programs (REST) stands on: tokens, one answer per request, errors of one shape."""
