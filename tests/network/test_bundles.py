"""A release as one file: anybody can check it, and no byte of it can be changed."""

import copy
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from tests.network.records import year_of_reports
from tests.network.test_checker import PLAN, make
from weerbaar.audit.notes import Signer
from weerbaar.network.bundles import bundle_of
from weerbaar.network.checker import Depth, Known, examine_bundle
from weerbaar.network.checker.bundle import read_bundle
from weerbaar.network.checker.plans import Unreadable
from weerbaar.network.checker.signature import unsigned
from weerbaar.network.checker.told import Said
from weerbaar.network.models import Release, canonical, digest_of
from weerbaar.network.publishing import FORMATS
from weerbaar.network.services.signing import statement
from weerbaar.network.workflow import State
from weerbaar.vault.core import Secret

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def release() -> Release:
    snapshot = make(year_of_reports(400)).snapshot
    return Release(
        year=2026, quarters=4, snapshot=snapshot, digest=digest_of(snapshot), plan="1"
    )


@pytest.fixture
def files(release: Release) -> Files:
    """What is in the bundle of a release."""
    return unpacked(bundle_of(release))


def unpacked(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files, *, manifest: bool = True) -> bytes:
    """A bundle of these files, with a manifest that names them as they are."""
    others = {name: data for name, data in files.items() if name != "manifest.json"}
    if manifest:
        digests = {n: hashlib.sha256(d).hexdigest() for n, d in others.items()}
        others["manifest.json"] = json.dumps({"files": digests}).encode()
    else:
        others["manifest.json"] = files["manifest.json"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in others.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


@pytest.fixture
def told(tmp_path: Path, capsys) -> Callable[[bytes], tuple[int, str]]:
    """Runs the command on a bundle: how it ends, and what it says."""

    def run(data: bytes, *more: str) -> tuple[int, str]:
        file = tmp_path / "bundle.zip"
        file.write_bytes(data)
        try:
            call_command("check_release", str(file), "--language", "en", *more)
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        return code, capsys.readouterr().out

    return run


def test_bundle_is_the_same_every_time_and_names_its_files(release) -> None:
    data = bundle_of(release)

    assert bundle_of(release) == data
    with translation.override("en"):
        assert bundle_of(release) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = json.loads(archive.read("manifest.json"))["files"]
        assert set(archive.namelist()) == {"manifest.json", *told}
    assert told["release.json"] == release.digest
    assert told["plan.toml"] == release.snapshot["planDigest"]


def test_command_passes_a_release_without_a_database(release, files, told) -> None:
    code, said = told(bundle_of(release))
    assert code == 0
    assert said.startswith("Nothing was found.")
    assert "498 numbers in 21 tables" in said
    many = len(release.snapshot["tables"]) * len(FORMATS)
    assert f"The {many} files that come with the figures say the same" in said
    assert told(packed(files))[0] == 0


def other_number(files: Files) -> None:
    text = files["release.json"].decode().replace('"total":', '"total": ', 1)
    files["release.json"] = text.encode()


def unknown_file(files: Files) -> None:
    files["zeeland-burgemeester.xlsx"] = b"1"


def table_with_another_number(files: Files) -> None:
    name = "weerbaar-2026-t6.csv"
    files[name] = files[name].replace(b",0,*", b",5,*", 1)


def file_missing(files: Files) -> None:
    del files["weerbaar-2026-t6.parquet"]


def plan_of_somebody_else(files: Files) -> None:
    files["plan.toml"] = files["plan.toml"].replace(b"persons = 5", b"persons = 4")


def exact_number_in_the_release(files: Files) -> None:
    snapshot = json.loads(files["release.json"])
    snapshot["tables"][0]["total"] += 1
    files["release.json"] = json.dumps(
        snapshot, sort_keys=True, separators=(",", ":")
    ).encode()


def false_percentage(files: Files) -> None:
    name = "weerbaar-2026-t6.csv"
    files[name] = files[name].replace(b"\r\n", b" (99,5%)\r\n", 1)


CHANGES: list[tuple[Callable[[Files], None], str]] = [
    (other_number, "files"),
    (unknown_file, "files"),
    (table_with_another_number, "files"),
    (file_missing, "files"),
    (plan_of_somebody_else, "plan"),
    (exact_number_in_the_release, "rounding"),
    (false_percentage, "share"),
]


@pytest.mark.parametrize(
    ("change", "code"), CHANGES, ids=lambda f: getattr(f, "__name__", f)
)
def test_changed_bundle_does_not_pass(files, told, change, code) -> None:
    before = dict(files)
    change(files)

    assert files != before
    assert told(packed(files, manifest=False))[0] == 1, "the manifest is as it was"
    ended, said = told(packed(files))
    assert ended == 1
    assert f"[{code}]" in said


def test_plan_that_did_not_come_with_the_program_does_not_pass(release) -> None:
    """Everything fits it, and its labels say of Zeeland what is of Utrecht."""
    text = PLAN.text.replace('nl = "Zeeland"', 'nl = "Utrecht"')
    digest = hashlib.sha256(text.encode()).hexdigest()
    snapshot = release.snapshot | {"planDigest": digest}
    files = {"plan.toml": text.encode(), "release.json": canonical(snapshot)}

    checked = examine_bundle(packed(files), Known(depth=Depth.QUICK), [])

    assert {finding.code for finding in checked.findings} == {"adopted"}


# --- the archive, of which every byte is accounted for ---


def second_file_unseen(files: Files) -> bytes:
    """Stands before its twin, and in no directory: some programs read on from here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("unseen.json"), b'{"Zeeland": 1}')
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.filelist.pop(0)
    return out.getvalue()


def locked(files: Files) -> bytes:
    data = bytearray(packed(files))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def test_archive_holds_nothing_but_its_files(release, files) -> None:
    clean = bundle_of(release)
    spoiled = {
        "words before": b"Zeeland" + clean,
        "words behind": clean + b"Zeeland",
        "unseen": second_file_unseen(files),
        "locked": locked(files),
        "a longer name": packed(files).replace(b"plan.toml", b"plan\0toml"),
        "a moment": clean.replace(bytes([0, 0, 33, 0]), b"Zeel"),
        "a word": clean.replace((0o600 << 16).to_bytes(4, "little"), b"Zeel"),
        "deep": packed(files | {"release.json": b"[" * 100_000}),
    }
    assert read_bundle(clean).snapshot == release.snapshot
    for name, data in spoiled.items():
        with pytest.raises(Unreadable):
            read_bundle(data)
            pytest.fail(name)


# --- the signature, of which every word is held to the files ---


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer("weerbaar.example/cijfers", Secret.new())


NOTES: list[tuple[str, str]] = [
    ("status provisional", "status definitive"),
    ("vintage 1", "vintage 2"),
    ("day 2027", "day 2026"),
    ("act published", "act withdrawn"),
    ("Q1-Q4", "Q1-Q3"),
    ("seed ab", "seed Zeeland-one-mayor"),
    ("plan ", "remark Zeeland, one mayor\nplan "),
    ("weerbaar.example", "zeeland.example"),
]


@pytest.mark.parametrize(("was", "now"), [("", ""), *NOTES])
def test_signed_words_are_those_of_the_files(release, signer, was, now) -> None:
    """Signed by the right key and still another release, or words beside."""
    published = datetime(2027, 2, 3, 9, tzinfo=UTC)
    signed = copy.copy(release)
    signed.vintage, signed.published_at = 1, published
    signed.seed_commitment = "ab" * 32
    text = statement(signed, State.PUBLISHED, origin=signer.name)
    assert was in text
    note = signer.sign(text.replace(was, now, 1))
    said = Said("nl", published.isoformat(), "provisional")
    snapshot, raw = release.snapshot, canonical(release.snapshot)

    for key in (signer.verifier, None):
        found = list(unsigned(note, snapshot, raw, said, key))
        assert bool(found) == bool(was), key


@pytest.mark.parametrize("note", ["Zeeland, one mayor", "a\n\n\N{EM DASH} a AAAA\n"])
def test_what_is_no_signature_is_found_without_a_key_too(release, note) -> None:
    said = Said("nl", "", "provisional")

    assert list(unsigned(note, release.snapshot, b"", said, None))


@pytest.mark.parametrize(
    ("published", "status"),
    [
        ("2026-02-03T09:00:00+00:00", "provisional"),
        ("2027-02-03T09:00:00", "provisional"),
        ("2027-W05-3T09:00:00+00:00", "provisional"),
        ("2027-02-03T09:00:00+00:00", "Zeeland"),
    ],
)
def test_moment_is_after_the_period_and_has_one_spelling(published, status) -> None:
    whole = {"year": 2026, "quarters": 4}

    assert Said("nl", "2027-02-03T09:00:00+00:00", "definitive").fits(whole)
    assert not Said("nl", published, status).fits(whole)
    assert not Said("nl", "", "definitive").fits(whole | {"quarters": 3})


@pytest.mark.parametrize(
    "data",
    [b"", b"no zip", packed({"plan.toml": b"x"})],
    ids=["nothing", "no-zip", "half"],
)
def test_what_is_no_bundle_does_not_pass(told, data) -> None:
    ended, said = told(data)

    assert (ended, "[files]" in said) == (1, True)


def test_command_takes_register_and_facts(release, told, tmp_path) -> None:
    posts = tmp_path / "posts.csv"
    posts.write_text(
        "organisation;organisation_type;province;office_kind;number\n"
        "Adorp;municipality;utrecht;executive;4\n",
        "utf-8",
    )
    facts = tmp_path / "facts.json"
    total = release.snapshot["totals"]["incident"]
    facts.write_text(json.dumps([{"kind": "incident", "at": {}, "number": total}]))

    code, said = told(bundle_of(release), "--register", str(posts))
    assert (code, "[group]" in said) == (1, True)
    code, said = told(bundle_of(release), "--facts", str(facts))
    assert (code, "known from elsewhere" in said) == (0, True)


POSTS = "organisation,organisation_type,province,office_kind,number\n"
UNREADABLE = [
    ("--register", "x", "columns"),
    ("--register", POSTS + "Adorp,municipality,utrecht\n", "line 2"),
    ("--register", POSTS + "Adorp,municipality,utrecht,executive,vier\n", "line 2"),
    ("--facts", "{", "column"),
    ("--facts", "5", "list"),
    ("--facts", '[{"kind": "incident", "at": "utrecht", "number": 1}]', "list"),
    ("--facts", '[{"kind": "incident", "at": {}, "number": "1"}]', "list"),
    ("--earlier", None, "No such file"),
    ("--key", "x", "verifier"),
]


@pytest.mark.parametrize(("option", "content", "said"), UNREADABLE)
def test_what_cannot_be_read_is_no_finding_and_is_said(
    told, tmp_path, option, content, said
) -> None:
    file = tmp_path / "given"
    if content is not None and option != "--key":
        file.write_text(content)
    with pytest.raises(CommandError, match=said) as ended:
        told(b"", option, content if option == "--key" else str(file))

    assert ended.value.returncode == 2
    assert option == "--key" or str(file) in str(ended.value)


@pytest.mark.django_db
def test_member_downloads_the_bundle_and_it_passes(
    client, signed_in, femke, published, told
) -> None:
    client.cookies = signed_in(femke).cookies
    address = reverse("figures-bundle", args=[published.pk])
    for page in ("/cijfers/", f"/cijfers/publicaties/{published.pk}/"):
        assert address in client.get(page).content.decode()

    answer = client.get(address)

    assert answer["Content-Type"] == "application/zip"
    assert told(answer.content)[0] == 0
