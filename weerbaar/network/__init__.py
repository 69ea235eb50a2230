"""Anonymised figures for the network."""
