"""A release as it is handed out: one ZIP, of which no byte is believed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from weerbaar.audit.notes import Verifier
from weerbaar.network.checker.archives import plain_files
from weerbaar.network.checker.checking import Checked, Known, examine
from weerbaar.network.checker.files import differing, said_in
from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.plans import Unreadable
from weerbaar.network.checker.readers import strict_json
from weerbaar.network.checker.signature import unsigned
from weerbaar.network.checker.vintages import Earlier

PLAN, RELEASE, MANIFEST = "plan.toml", "release.json", "manifest.json"
SIGNED = "signed.note"
PLANS = Path(__file__).parents[1] / "plans"
# Bytes of all files together; a release has some ten thousand.
MOST = 50_000_000


@dataclass(frozen=True)
class Bundle:
    """What stands in a bundle; `others` are the numbers once more in other forms.

    `note` is the signature of the network, empty before it signed.
    """

    plan_text: str
    snapshot: Mapping[str, Any]
    others: Mapping[str, bytes]
    note: str = ""
    raw: bytes = b""


def read_bundle(data: bytes) -> Bundle:
    """A bundle whose files are the ones its manifest names. Raises Unreadable."""
    try:
        files = plain_files(data, most=MOST)
        manifest = strict_json(files.pop(MANIFEST))
        digests = {name: hashlib.sha256(f).hexdigest() for name, f in files.items()}
        if manifest != {"files": digests}:
            raise Unreadable("not the files of the manifest")
        plan = files.pop(PLAN).decode()
        raw = files.pop(RELEASE)
        note = files.pop(SIGNED, b"").decode()
        snapshot = json.loads(raw)
    except (KeyError, ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    if type(snapshot) is not dict or raw != _canonical(snapshot):
        raise Unreadable("not in its one form")
    return Bundle(plan, snapshot, files, note, raw)


def _canonical(snapshot: Mapping[str, Any]) -> bytes:
    return json.dumps(
        snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=True
    ).encode()


def examine_bundle(
    data: bytes,
    known: Known,
    earlier: list[bytes],
    verifier: Verifier | None = None,
) -> Checked:
    """Check a bundle, beside the bundles of earlier releases of its year.

    With a verifier its signature must be there and fit. A key that comes with the
    bundle would prove nothing, so none does; its words are held to the figures.
    """
    try:
        bundle = read_bundle(data)
        before = [Earlier(read_bundle(one).snapshot) for one in earlier]
    except Unreadable:
        return Checked([Finding("files", "")])
    beside = replace(known, earlier=(*known.earlier, *before))
    done = examine(bundle.snapshot, bundle.plan_text, beside)
    if not is_adopted(bundle.plan_text):
        done.findings.append(Finding("adopted", ""))
    if not done.findings:
        done.findings = sorted(set(_of_files(bundle, verifier)))
        done.measures["files"] = len(bundle.others)
        done.measures["signed"] = 0 if verifier is None else 1
    return done


def is_adopted(plan_text: str) -> bool:
    """Is it the file of a plan that came with this program, to the letter?"""
    return any(plan_text.encode() == file.read_bytes() for file in PLANS.glob("*.toml"))


def _of_files(bundle: Bundle, verifier: Verifier | None) -> Iterator[Finding]:
    """What is wrong with all that lies beside the figures and their plan."""
    yield from differing(bundle.others, bundle.snapshot, bundle.plan_text)
    said = said_in(bundle.others, bundle.snapshot)
    if said and (bundle.note or verifier):
        yield from unsigned(bundle.note, bundle.snapshot, bundle.raw, said, verifier)
