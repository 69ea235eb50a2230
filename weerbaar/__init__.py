"""Weerbaar: confidential intake, case work, referral and figures for public office."""
