"""A release as one file that anybody can check: numbers, plan, signature, all formats.

The same release always gives the same bytes: no time and no order gets in.
"""

import hashlib
import io
import json
import zipfile

from django.utils import translation

from weerbaar.network.models import Release, canonical
from weerbaar.network.planning import plan_named
from weerbaar.network.publishing import FORMATS, file_name, write
from weerbaar.network.publishing.workbook import NO_TIME

# One language, so that whoever asks gets the same bytes.
LANGUAGE = "nl"


def bundle_of(release: Release, note: str = "") -> bytes:
    """The ZIP of a release, with each table in each format, signed by the network.

    Raises PlanGone.
    """
    plan = plan_named(release.snapshot["planDigest"])
    files = {
        "plan.toml": plan.text.encode(),
        "release.json": canonical(release.snapshot),
    }
    files |= _tables(release)
    if note:
        files["signed.note"] = note.encode()
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    manifest = json.dumps({"files": digests}, sort_keys=True, indent=1)
    return _packed(files | {"manifest.json": manifest.encode()})


def _tables(release: Release) -> dict[str, bytes]:
    """Each table in each format."""
    with translation.override(LANGUAGE):
        return {
            file_name(release, table["code"], kind): write(release, table["code"], kind)
            for table in release.snapshot["tables"]
            for kind in FORMATS
        }


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            place = zipfile.ZipInfo(name, NO_TIME)
            place.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(place, data)
    return out.getvalue()
