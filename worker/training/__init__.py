"""Train, evaluate, curve and package."""
