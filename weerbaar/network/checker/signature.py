"""Is this the release that the network signed? Asked with a key one already has."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from weerbaar.audit.notes import Forged, NotANote, Verifier, open_note
from weerbaar.network.checker.findings import Finding


def unsigned(
    note: str, snapshot: Mapping[str, Any], raw: bytes, verifier: Verifier
) -> Iterator[Finding]:
    """A missing or forged signature, and one under another release or plan."""
    try:
        text = open_note(note, verifier)
    except (Forged, NotANote):
        yield Finding("signature", "")
        return
    said = dict(line.partition(" ")[::2] for line in text.splitlines()[1:])
    due = {
        "act": "published",
        "period": f"{snapshot['year']} Q1-Q{snapshot['quarters']}",
        "release": hashlib.sha256(raw).hexdigest(),
        "plan": snapshot["planDigest"],
    }
    if due.items() - said.items():
        yield Finding("signature", "")
