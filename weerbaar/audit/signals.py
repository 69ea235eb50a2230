"""The one signal of the house: an event was recorded, in the same transaction."""

from django.dispatch import Signal

recorded = Signal()
