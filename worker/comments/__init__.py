"""What people say to each other about an example; it stays on the cluster, and out of exports."""
