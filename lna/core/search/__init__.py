"""One analyser for texts and queries, so that every database finds the same."""
