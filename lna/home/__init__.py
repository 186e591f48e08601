"""The front page, one's own page, the coordinator's board: composes the others."""
