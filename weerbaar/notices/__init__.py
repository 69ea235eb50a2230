"""Who gets told: a link, never content."""
