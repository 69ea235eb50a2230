"""A story in its case, and what the network has of it."""

from weerbaar.stories.models.edited import Edition, Parcel
from weerbaar.stories.models.told import Story

__all__ = ["Edition", "Parcel", "Story"]
