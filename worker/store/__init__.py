"""Assets, datasets, examples, answers and artefacts: where the text lives."""
