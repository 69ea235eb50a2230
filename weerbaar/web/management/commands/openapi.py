"""Writes the OpenAPI document to docs/openapi.json, or says that it is stale."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.generators import SchemaGenerator


def document() -> str:
    """The document as it stands in docs/openapi.json."""
    found = SchemaGenerator().get_schema(request=None, public=True)
    return (
        json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True, default=str)
        + "\n"
    )


class Command(BaseCommand):
    """`openapi` writes; `openapi --check` compares."""

    help = "Write docs/openapi.json, or with --check say whether it is current."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(settings.ROOT) / "docs" / "openapi.json"
        if not options["check"]:
            file.write_text(document(), encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != document():
            raise CommandError("docs/openapi.json is stale: run manage.py openapi.")
