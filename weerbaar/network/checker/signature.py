"""Is this the release that the network signed? Asked with a key one already has."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from weerbaar.audit.notes import Forged, NotANote, Verifier, open_note, unproven
from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.told import YEAR_QUARTERS, Said

ZONE = ZoneInfo("Europe/Amsterdam")
SEED = re.compile(r"[0-9a-f]{64}")


def unsigned(
    note: str,
    snapshot: Mapping[str, Any],
    raw: bytes,
    said: Said,
    verifier: Verifier | None,
) -> Iterator[Finding]:
    """A missing or forged signature, and a note that says anything else than the files.

    Without a key nobody knows who signed; that the words of the note are those of this
    release, and no more, is seen all the same.
    """
    try:
        text = unproven(note)
        if verifier is not None:
            open_note(note, verifier)
    except (Forged, NotANote):
        yield Finding("signature", "")
        return
    origin, *lines = text.splitlines()
    facts = dict(line.partition(" ")[::2] for line in lines)
    due = _due(snapshot, raw, said, facts)
    if (
        lines != [f"{name} {fact}" for name, fact in due.items()]
        or not SEED.fullmatch(due["seed"])
        or (verifier is not None and origin != verifier.name)
    ):
        yield Finding("signature", "")


def _due(
    snapshot: Mapping[str, Any], raw: bytes, said: Said, facts: Mapping[str, str]
) -> dict[str, str]:
    """What a note has to say, line by line; the draw it swears to is its own."""
    whole, moment = snapshot["quarters"] == YEAR_QUARTERS, said.moment
    is_first = facts.get("vintage") == "1" or (whole and said.status == "provisional")
    if said.status == "definitive":
        is_first = False
    return {
        "act": "published",
        "period": f"{snapshot['year']} Q1-Q{snapshot['quarters']}",
        "vintage": "1" if is_first else "2",
        "status": said.status,
        "release": hashlib.sha256(raw).hexdigest(),
        "plan": snapshot["planDigest"],
        "seed": facts.get("seed", ""),
        "day": moment.astimezone(ZONE).date().isoformat() if moment else "",
    }
