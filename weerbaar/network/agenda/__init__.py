"""The network's own work: themes of a year, their money, and shared instruments."""
