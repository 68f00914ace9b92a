"""What Annex costs beside the bare tools, as ratios measured in the same run."""
