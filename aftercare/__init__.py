"""Staying with the person afterwards."""
