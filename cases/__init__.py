"""The case and all that is true of every case."""
