"""Teaching: what a task's model is least sure of comes first, scored while people annotate."""
