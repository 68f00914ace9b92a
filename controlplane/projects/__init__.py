"""Projects, label schemes, tasks, assets and datasets: names and counts."""
