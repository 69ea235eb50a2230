"""Handing on, with consent and no more than needed."""
