"""Django's PostgreSQL backend, with less asked of the server per request."""
