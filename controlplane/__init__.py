"""The control plane: names, people, jobs and scores of many organizations, and no text."""
