"""People on the cluster: the login hop, the second key, sessions and what a session may do."""
