"""Pages of the figures: reading, releasing, and the themes of the year."""
