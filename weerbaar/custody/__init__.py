"""Whose key counts: colleagues, the main key of an organisation, and who leaves."""
