"""Points 1, 5 and 9 of the other files: all are there, with no other number or word."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation

from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.readers import READERS, Reader
from weerbaar.network.checker.told import Said, Told
from weerbaar.network.checker.wording import Wording

LANGUAGES = ("nl", "en")
PERCENT = re.compile(rb"\d\s?%")
Table = Mapping[str, Any]


def differing(
    files: Mapping[str, bytes], snapshot: Mapping[str, Any], plan_text: str
) -> Iterator[Finding]:
    """Files that are missing, that nobody asked for, or that say anything else.

    Every table is there in every format, and all speak of one moment and one status.
    """
    named = {
        f"weerbaar-{snapshot['year']}-{table['code'].lower()}{ending}": (table, reader)
        for table in snapshot["tables"]
        for ending, reader in READERS.items()
    }
    if set(files) != set(named):
        yield Finding("files", "")
    said = said_in(files, snapshot)
    if said is None:
        yield Finding("files", "")
        return
    with translation.override(said.language):
        wording = Wording(plan_text, snapshot, said)
        for name in sorted(files.keys() & named.keys()):
            table, reader = named[name]
            told = wording.table(table)
            if not _says(reader, told, name, files[name]):
                is_text = name.endswith((".csv", ".json"))
                share = is_text and PERCENT.search(files[name])
                yield Finding("share" if share else "files", table["code"])


def _says(reader: Reader, told: Told, name: str, data: bytes) -> bool:
    try:
        return reader(told, name, data)
    except Exception:
        # A file that cannot be read, in whatever way, is not what it should be.
        return False


def said_in(files: Mapping[str, bytes], snapshot: Mapping[str, Any]) -> Said | None:
    """Language, moment and status, from one file that says them: all must agree."""
    described = sorted(name for name in files if name.endswith(".csv-metadata.json"))
    try:
        content = json.loads(files[described[0]])
        facts = {
            fact["schema:name"]: fact["schema:value"]
            for fact in content["schema:additionalProperty"]
        }
        language = content["@context"][1]["@language"]
        said = Said(language, facts["published"], facts["status"])
        return said if language in LANGUAGES and said.fits(snapshot) else None
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
