"""Trying things out on the cluster: sentences on predictors, rules on answers. Nothing is kept."""
