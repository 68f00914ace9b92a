"""What test settings of both planes need: addresses of a run's servers and a flush as owner."""
