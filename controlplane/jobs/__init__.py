"""Jobs and attempts as seen from here, and their state rules."""
