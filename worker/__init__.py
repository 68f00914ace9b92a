"""The worker: the customer's side, which holds the text."""
