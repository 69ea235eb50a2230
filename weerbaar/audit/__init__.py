"""What happened: events without words and without names."""
