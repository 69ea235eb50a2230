"""Removes the cases that a backup brought back after they were destroyed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases import services


class Command(BaseCommand):
    """Run once after a backup was put back (docs/deploy.md 9)."""

    help = "Remove cases that came back with a backup; their erasure keys are gone."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Remove them, and say how many; refuses when most would go."""
        try:
            removed = services.destroy_restored(now=timezone.now())
        except services.TooManyGone as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Removed: {removed}")
