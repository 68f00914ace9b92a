"""The Data, rules, guidelines and exports pages' HTTP endpoints."""
