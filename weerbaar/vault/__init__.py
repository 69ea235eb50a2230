"""Sealing of all words: Secrets, Grants, Envelopes and Unlockers.

The only package that imports `cryptography`; a test enforces it.
"""
