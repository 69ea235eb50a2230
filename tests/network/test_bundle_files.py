"""The files of a bundle: all say what the release says, and not a word beside it.

Each fault is put into a clean file in its own format; the file around it stays as it
was, so that nothing but the fault can be what is found.
"""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.utils import translation

from tests.network.records import year_of_reports
from tests.network.test_bundles import Files, unpacked
from tests.network.test_checker import make, many_of_one
from weerbaar.network.bundles import bundle_of
from weerbaar.network.checker.files import differing
from weerbaar.network.models import Release, digest_of
from weerbaar.network.planning import plan_of
from weerbaar.network.publishing import FORMATS, file_name, write

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
NOT_TABLES = {"plan.toml", "release.json", "manifest.json", "signed.note"}


@pytest.fixture(scope="module")
def release() -> Release:
    """A year in which some numbers are dots."""
    made = make(year_of_reports(400) + many_of_one(90))
    assert made.protected.dots
    digest = digest_of(made.snapshot)
    return Release(
        year=2026, quarters=4, snapshot=made.snapshot, digest=digest, plan="1"
    )


@pytest.fixture(scope="module")
def clean(release: Release) -> Files:
    files = unpacked(bundle_of(release))
    return {name: data for name, data in files.items() if name not in NOT_TABLES}


def found(files: Files, release: Release) -> set[tuple[str, str]]:
    return set(differing(files, release.snapshot, plan_of(2026).text))


def test_every_table_is_there_in_every_format_and_says_the_same(clean, release):
    assert len(clean) == len(release.snapshot["tables"]) * len(FORMATS)
    assert found(clean, release) == set()


@pytest.mark.parametrize(("quarters", "bound"), [(1, 4), (3, 6)])
def test_part_of_a_year_says_which_and_how_far_a_number_can_lie(quarters, bound):
    snapshot = make(year_of_reports(300), quarters=quarters).snapshot
    snapshot["rule"]["bound"] = bound
    part = Release(
        year=2026,
        quarters=quarters,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        plan="1",
    )
    files = unpacked(bundle_of(part))
    others = {name: data for name, data in files.items() if name not in NOT_TABLES}
    assert found(others, part) == set()
    said = f"Een 0 staat voor 0 tot en met {bound}.".encode()
    assert all(said in data for name, data in others.items() if name.endswith(".csv"))


def test_english_files_are_held_to_english_words(release, clean) -> None:
    with translation.override("en"):
        files = {
            file_name(release, table["code"], kind): write(release, table["code"], kind)
            for table in release.snapshot["tables"]
            for kind in FORMATS
        }
    assert found(files, release) == set()
    name = "weerbaar-2026-t2.csv"
    assert found(files | {name: clean[name]}, release) == {("files", "T2")}


# --- changes of a file, each in its own form ---


def text(was: str, now: str) -> Callable[[bytes], bytes]:
    """Something else in a text, where it first stands."""

    def change(data: bytes) -> bytes:
        assert was.encode() in data
        return data.replace(was.encode(), now.encode(), 1)

    return change


def entry(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    """Something else in a document."""

    def changed(data: bytes) -> bytes:
        content = json.loads(data)
        change(content)
        return json.dumps(content).encode()

    return changed


def part(name: str, was: str, now: str) -> Callable[[bytes], bytes]:
    """Something else in a part of a workbook."""
    return book(lambda parts: parts | {name: text(was, now)(parts[name])})


def book(change: Callable[[Files], Files]) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in change(unpacked(data)).items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return out.getvalue()

    return changed


def columns(change: Callable[[pa.Table], pa.Table]) -> Callable[[bytes], bytes]:
    """Something else in a Parquet file."""

    def changed(data: bytes) -> bytes:
        out = io.BytesIO()
        pq.write_table(change(pq.read_table(io.BytesIO(data))), out)
        return out.getvalue()

    return changed


def other_value(table: pa.Table) -> pa.Table:
    place = table.schema.get_field_index("value")
    first, *rest = table["value"].to_pylist()
    numbers = pa.array([first + 5, *rest], pa.int32())
    return table.set_column(place, table.schema.field(place), numbers)


def more_metadata(table: pa.Table) -> pa.Table:
    return table.replace_schema_metadata(
        {**table.schema.metadata, "weerbaar.remark": "Zeeland, one mayor"}
    )


def with_decimals(table: pa.Table) -> pa.Table:
    place = table.schema.get_field_index("value")
    return table.set_column(place, "value", table["value"].cast(pa.float64()))


def changed_places(one: str, other: str) -> Callable[[Files], Files]:
    """Two addresses in a sheet the other way round, and nothing else."""

    def change(parts: Files) -> Files:
        assert {one.encode(), other.encode()} <= set(parts[SHEET].split(b'"'))
        text = parts[SHEET].replace(f'"{one}"'.encode(), b'"-"')
        text = text.replace(f'"{other}"'.encode(), f'"{one}"'.encode())
        return parts | {SHEET: text.replace(b'"-"', f'"{other}"'.encode())}

    return change


def words_before_the_footer(data: bytes) -> bytes:
    at = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    return data[:at] + b"Zeeland, one mayor" + data[at:]


def another_most(data: bytes) -> bytes:
    """The footer says that the highest number is three more."""
    numbers = pq.read_table(io.BytesIO(data))["value"].to_pylist()
    most = max(number for number in numbers if number is not None)
    at = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    was, now = (n.to_bytes(4, "little") for n in (most, most + 3))
    return data[:at] + data[at:].replace(was, now)


def another_name(data: dict[str, Any]) -> None:
    data["url"] = "weerbaar-2026-t3.csv"


CSV, META, STAT = ".csv", ".csv-metadata.json", ".jsonstat.json"
XLSX, PARQUET = ".xlsx", ".parquet"
FAULTS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "csv, another number": (CSV, text(",0,*", ",5,*"), "files"),
    "csv, a decimal": (CSV, text(",0,*", ",0.0,*"), "files"),
    "csv, a line more": (CSV, lambda data: data + b"zeeland,1\r\n", "files"),
    "csv, a remark": (CSV, lambda data: b"# mayor: Zeeland\r\n" + data, "files"),
    "csv, another status": (CSV, text(": provisional", ": definitive"), "files"),
    "csv, a percentage": (CSV, text("# source: ", "# source: 14% "), "share"),
    "csvw, a remark": (META, entry(lambda d: d.update(remark="Zeeland")), "files"),
    "csvw, another file": (META, entry(another_name), "files"),
    "csvw, a percentage": (META, text('"dc:title": "', '"dc:title": "14 % '), "share"),
    "json-stat, another number": (
        STAT,
        entry(lambda d: d["value"].__setitem__(0, d["value"][0] + 5)),
        "files",
    ),
    "json-stat, a decimal": (
        STAT,
        entry(lambda d: d["value"].__setitem__(0, float(d["value"][0]))),
        "files",
    ),
    "json-stat, true for 1": (
        STAT,
        entry(lambda d: d["status"].update({"0": True})),
        "files",
    ),
    "json-stat, a remark": (
        STAT,
        entry(lambda d: d["extension"].update(remark="Zeeland")),
        "files",
    ),
    "json-stat, a name twice": (
        STAT,
        lambda data: data.replace(b"{", b'{"version": "Zeeland", ', 1),
        "files",
    ),
    "parquet, another number": (PARQUET, columns(other_value), "files"),
    "parquet, decimals": (PARQUET, columns(with_decimals), "files"),
    "parquet, a column more": (
        PARQUET,
        columns(lambda t: t.append_column("place", [["Zeeland"] * len(t)])),
        "files",
    ),
    "parquet, a remark": (PARQUET, columns(more_metadata), "files"),
    "xlsx, another number": (XLSX, part(SHEET, "<v>0</v>", "<v>5</v>"), "files"),
    "xlsx, a decimal": (XLSX, part(SHEET, "<v>0</v>", "<v>0.4</v>"), "files"),
    "xlsx, a formula": (XLSX, part(SHEET, "<v>0</v>", "<f>1+1</f><v>0</v>"), "files"),
    "xlsx, a cell more": (
        XLSX,
        part(SHEET, "</row>", '<c r="Z1" t="n"><v>5</v></c></row>'),
        "files",
    ),
    "xlsx, a comment in the XML": (
        XLSX,
        part(SHEET, "<sheetData>", "<!-- Zeeland --><sheetData>"),
        "files",
    ),
    "xlsx, words at the foot": (
        XLSX,
        part(
            SHEET,
            "</worksheet>",
            "<headerFooter><oddFooter>Zeeland</oddFooter></headerFooter></worksheet>",
        ),
        "files",
    ),
    "xlsx, a hidden sheet": (
        XLSX,
        part(BOOK, 'sheetId="2" state="visible"', 'sheetId="2" state="hidden"'),
        "files",
    ),
    "xlsx, a sheet more": (
        XLSX,
        book(lambda parts: parts | {"xl/worksheets/sheet3.xml": parts[SHEET]}),
        "files",
    ),
    "xlsx, a name for a cell": (
        XLSX,
        part(
            BOOK,
            "<definedNames/>",
            '<definedNames><definedName name="a">1</definedName></definedNames>',
        ),
        "files",
    ),
    "xlsx, a keyword": (
        XLSX,
        part(
            "docProps/core.xml",
            "</cp:coreProperties>",
            "<cp:keywords>Zeeland</cp:keywords></cp:coreProperties>",
        ),
        "files",
    ),
    "xlsx, cells that change places": (XLSX, book(changed_places("B2", "C2")), "files"),
    "xlsx, sheets that change places": (
        XLSX,
        book(
            lambda parts: (
                parts
                | {
                    BOOK: parts[BOOK]
                    .replace(b'"rId1"', b'"-"')
                    .replace(b'"rId2"', b'"rId1"')
                    .replace(b'"-"', b'"rId2"')
                }
            )
        ),
        "files",
    ),
    "xlsx, words in a namespace": (
        XLSX,
        part(SHEET, "<sheetData>", '<sheetData xmlns:mayor="Zeeland">'),
        "files",
    ),
    "xlsx, words behind it": (XLSX, lambda data: data + b"Zeeland", "files"),
    "parquet, words before the footer": (PARQUET, words_before_the_footer, "files"),
    "parquet, another highest number": (PARQUET, another_most, "files"),
    "json-stat, another encoding": (
        STAT,
        lambda data: data.decode().encode("utf-16"),
        "files",
    ),
    "xlsx, another style": (
        XLSX,
        part("xl/styles.xml", "</styleSheet>", "<a/></styleSheet>"),
        "files",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_in_a_file_is_found(clean, release, name) -> None:
    ending, change, code = FAULTS[name]
    file = f"weerbaar-2026-t2{ending}"
    changed = change(clean[file])

    assert changed != clean[file]
    assert found(clean | {file: changed}, release) == {(code, "T2")}


def test_what_is_only_written_anew_is_no_fault(clean, release) -> None:
    """The ways in which the faults are put in would not be found by themselves."""
    anew = {
        STAT: entry(lambda content: None),
        META: entry(lambda content: None),
        PARQUET: columns(lambda table: table),
        XLSX: book(lambda parts: parts),
    }
    files = dict(clean)
    for ending, change in anew.items():
        files[f"weerbaar-2026-t2{ending}"] = change(files[f"weerbaar-2026-t2{ending}"])
    assert found(files, release) == set()


@pytest.mark.parametrize("ending", [CSV, META, STAT, XLSX, PARQUET])
def test_file_of_another_table_or_none_at_all_is_found(clean, release, ending) -> None:
    file, other = f"weerbaar-2026-t2{ending}", clean[f"weerbaar-2026-t3{ending}"]

    assert found(clean | {file: other}, release) == {("files", "T2")}
    assert found(clean | {file: b""}, release) == {("files", "T2")}
    assert ("files", "") in found(
        {n: d for n, d in clean.items() if n != file}, release
    )
    assert ("files", "") in found(
        clean | {f"weerbaar-2026-t99{ending}": other}, release
    )
