"""Private PostgreSQL and Redis for the demo and the tests, and the processes around them."""
