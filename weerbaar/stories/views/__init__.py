"""Pages of a story in its case."""
