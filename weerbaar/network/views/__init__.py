"""Pages of the figures: reading, planning and releasing."""
