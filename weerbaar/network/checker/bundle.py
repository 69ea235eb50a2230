"""A release as it is handed out: one ZIP, of which no byte is believed."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from weerbaar.audit.notes import Verifier
from weerbaar.network.checker.checking import Checked, Known, examine
from weerbaar.network.checker.files import differing
from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.plans import Unreadable
from weerbaar.network.checker.readers import strict_json
from weerbaar.network.checker.signature import unsigned
from weerbaar.network.checker.vintages import Earlier

PLAN, RELEASE, MANIFEST = "plan.toml", "release.json", "manifest.json"
SIGNED = "signed.note"
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
        files = _unpacked(data)
        manifest = strict_json(files.pop(MANIFEST))
        digests = {name: hashlib.sha256(f).hexdigest() for name, f in files.items()}
        if manifest != {"files": digests}:
            raise Unreadable("not the files of the manifest")
        plan = files.pop(PLAN).decode()
        raw = files.pop(RELEASE)
        note = files.pop(SIGNED, b"").decode()
        snapshot = json.loads(raw)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable(str(error)) from error
    if type(snapshot) is not dict or raw != _canonical(snapshot):
        raise Unreadable("not in its one form")
    return Bundle(plan, snapshot, files, note, raw)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = archive.infolist()
        if len({info.filename for info in found}) != len(found):
            raise Unreadable("a file twice")
        if sum(info.file_size for info in found) > MOST:
            raise Unreadable("too large")
        if archive.comment or any(info.comment or info.extra for info in found):
            raise Unreadable("words between the files")
        return {info.filename: archive.read(info) for info in found}


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
    bundle would prove nothing, so none does.
    """
    try:
        bundle = read_bundle(data)
        before = [Earlier(read_bundle(one).snapshot) for one in earlier]
    except Unreadable:
        return Checked([Finding("files", "")])
    beside = replace(known, earlier=(*known.earlier, *before))
    done = examine(bundle.snapshot, bundle.plan_text, beside)
    if not done.findings:
        found = list(differing(bundle.others, bundle.snapshot, bundle.plan_text))
        done.measures["files"] = len(bundle.others)
        if verifier is not None:
            found += unsigned(bundle.note, bundle.snapshot, bundle.raw, verifier)
            done.measures["signed"] = 1
        done.findings = sorted(set(found))
    return done
