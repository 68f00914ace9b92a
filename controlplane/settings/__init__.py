"""Settings of the control plane: base, demo, production, test."""
