"""Scripts on laptops: how they sign in on the cluster, and what they may do there."""
