"""Models, evaluations and learning curves."""
