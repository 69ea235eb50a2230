"""The figures as files: each read by somebody else's program, all with one truth."""

import io
import json
import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import csvw
import openpyxl
import pyarrow.parquet as pq
import pytest
from django.test import Client
from jsonstat_validator import validate_jsonstat

from tests.cast import PASSWORD
from tests.test_doors import FIGURES, all_patterns, door_of, fill
from weerbaar.network.exports import as_json
from weerbaar.network.figures import figure
from weerbaar.network.models import Release
from weerbaar.network.publishing import FORMATS, file_name, write
from weerbaar.network.publishing.cube import TOTAL, Cube, cube_of, cubes_of
from weerbaar.network.publishing.filtering import FilterRefused, read_filter
from weerbaar.network.publishing.statline import observations
from weerbaar.vault.people import make_token, open_with_password

pytestmark = pytest.mark.django_db
Numbers = dict[tuple[str, ...], int | None]


def keyed(cube: Cube) -> Numbers:
    return {tuple(m.code for m in o.members): o.value for o in cube.observations}


def from_csv(release: Release, cube: Cube, folder: Any) -> Numbers:
    """By `csvw`, which finds the metadata beside the file and holds it to them."""
    for kind in ("csv", "csv_metadata"):
        name = file_name(release, cube.code, kind)
        (folder / name).write_bytes(write(release, cube.code, kind))
    told = csvw.CSVW(str(folder / file_name(release, cube.code, "csv_metadata")))
    assert told.is_valid, cube.code
    [table] = told.tables
    axes = [axis.code for axis in cube.axes]
    return {tuple(row[a] for a in axes): row["value"] for row in table}


def from_jsonstat(release: Release, cube: Cube) -> Numbers:
    told = json.loads(write(release, cube.code, "json_stat"))
    assert validate_jsonstat(told)
    indexes = [told["dimension"][name]["category"]["index"] for name in told["id"]]
    numbers = iter(told["value"])
    return dict(zip(_product(indexes), numbers, strict=True))


def _product(indexes: list[list[str]]) -> Iterator[tuple[str, ...]]:
    if not indexes:
        yield ()
        return
    for code in indexes[0]:
        for rest in _product(indexes[1:]):
            yield (code, *rest)


def from_parquet(release: Release, cube: Cube) -> Numbers:
    rows = pq.read_table(io.BytesIO(write(release, cube.code, "parquet"))).to_pylist()
    return {tuple(r[axis.code] for axis in cube.axes): r["value"] for r in rows}


def from_odata(cube: Cube) -> Numbers:
    names = [axis.name for axis in cube.axes]
    return {tuple(r[n] for n in names): r["Value"] for r in observations(cube)}


def from_xlsx(release: Release, cube: Cube) -> list[int | None]:
    """The numbers of the first sheet in their order; dots are None again."""
    book = openpyxl.load_workbook(io.BytesIO(write(release, cube.code, "xlsx")))
    [_header, *lines] = book.worksheets[0].iter_rows(values_only=True)
    return [None if n == "." else n for line in lines for n in line[1:]]


def from_page(release: Release, cube: Cube) -> list[int | None]:
    told = as_json(release, figure(release.snapshot, cube.code))
    numbers = [n for row in told["rows"] for n in (*row["values"], row["total"])]
    if len(cube.axes[0].members) == len(told["rows"]):
        return numbers
    return [*numbers, *told["columnTotals"], told["total"]]


@pytest.fixture
def dotted(published: Release) -> Release:
    """The same with a number kept back in every table, as happens in a small year."""
    for table in published.snapshot["tables"]:
        table["rowTotals"][0] = None
        if table["columns"]:
            table["cells"][0][0] = None
    return published


def test_every_format_of_every_table_has_the_same_numbers(dotted, tmp_path) -> None:
    """Among them one that is kept back, which is a 0 in none of them."""
    for cube in cubes_of(dotted):
        numbers = keyed(cube)

        assert len(numbers) == len(cube.observations)
        assert None in numbers.values()
        assert from_csv(dotted, cube, tmp_path) == numbers
        assert from_jsonstat(dotted, cube) == numbers
        assert from_parquet(dotted, cube) == numbers
        assert from_odata(cube) == numbers
        assert from_xlsx(dotted, cube) == list(numbers.values())
        assert from_page(dotted, cube) == list(numbers.values())


@pytest.mark.filterwarnings("always:Invalid column value")
def test_the_standards_would_find_a_fault(published, tmp_path) -> None:
    cube = cube_of(published, "T2")
    from_csv(published, cube, tmp_path)
    broken = tmp_path / file_name(published, "T2", "csv")
    broken.write_bytes(broken.read_bytes().replace(b",*\r\n", b",x\r\n", 1))
    told = json.loads(write(published, "T2", "json_stat"))
    told["size"] = [1, 1]

    described = tmp_path / file_name(published, "T2", "csv_metadata")
    assert not csvw.CSVW(str(described)).is_valid
    with pytest.raises(Exception, match="Size"):
        validate_jsonstat(told)


def told_in(kind: str, content: bytes) -> str:
    """All that a file says besides its numbers, as a text."""
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert all(c.data_type != "f" for s in book for row in s for c in row)
        return str(list(book.worksheets[1].values))
    if kind == "parquet":
        told = pq.read_schema(io.BytesIO(content)).metadata
        return str({k.decode(): v.decode() for k, v in told.items()})
    return content.decode().replace('\\"', '"')


def test_every_file_says_what_must_be_known(published) -> None:
    """Digest, plan, base, bound, status, and the sentences for readers."""
    facts = cube_of(published, "T2").facts
    for kind in FORMATS:
        told = told_in(kind, write(published, "T2", kind))
        words = [facts.digest, facts.rounding, facts.reading, facts.licence]
        assert [w for w in words if w not in told] == [], kind
        if kind == "xlsx":
            pairs = {"Publicatieplan": "1", "Status": "voorlopig"}
            pairs |= {"Afgerond op veelvouden van": "5", "Grootste afwijking": "4"}
            assert all(f"('{k}', '{v}')" in told for k, v in pairs.items())
        else:
            named = {"plan": "1", "base": "5", "bound": "4", "status": "provisional"}
            found = {
                k: re.search(rf"{k}(\W|schema:value)+{v}\b", told)
                for k, v in named.items()
            }
            assert all(found.values()), (kind, found)


def test_codes_are_those_of_statistics_netherlands(published) -> None:
    provinces = cube_of(published, "T10").axes[0].members
    quarters = cube_of(published, "T1").axes[-1].members

    assert {m.code: m.statistics for m in provinces}["groningen"] == "PV20"
    assert {m.code: m.statistics for m in provinces}["limburg"] == "PV31"
    assert {m.code: m.statistics for m in provinces}[TOTAL] == "NL01"
    assert [m.code for m in quarters] == ["2026KW01", "2026KW02", "2026X000"]
    published.quarters = 4
    assert cube_of(published, "T10").axes[-1].members[0].code == "2026JJ00"


def test_file_has_one_name_at_page_and_program(signed_in, bram, published) -> None:
    client = signed_in(bram)
    for kind in FORMATS:
        name = file_name(published, "T2", kind)
        page = client.get(f"/cijfers/2026/t2/bestanden/{name}")
        api = f"/api/v1/releases/{published.pk}/tables/t2/files/{kind}"
        program = client.get(api)

        for found in (page, program):
            assert found.status_code == 200
            assert found["Content-Disposition"] == f'attachment; filename="{name}"'
        if kind not in ("xlsx", "parquet"):
            assert page.content == program.content
    assert (
        client.get("/cijfers/2026/t2/bestanden/weerbaar-2026-t3.csv").status_code == 404
    )


# --- public, or not -----------------------------------------------------------------

TAKEN = (
    "/cijfers/2026/t2.csv",
    "/cijfers/2026/t2.json",
    "/cijfers/2026/t2.pdf",
    "/cijfers/2026/rapport.pdf",
    "/cijfers/2026/t2/bestanden/weerbaar-2026-t2.csv",
    "/cijfers/catalogus.jsonld",
    "/odata/v1/",
    "/odata/v1/$metadata",
    "/odata/v1/Datasets",
    "/odata/v1/Weerbaar/T2-2026",
    "/odata/v1/Weerbaar/T2-2026/",
    "/odata/v1/Weerbaar/T2-2026/$metadata",
    "/odata/v1/Weerbaar/T2-2026/Observations",
)
OPEN = {"csv", "json", "file", "catalogue", "report", "pdf"}


def statuses(client: Client, paths: tuple[str, ...]) -> set[int]:
    return {client.get(path).status_code for path in paths}


def test_files_are_for_members_unless_they_are_public(
    settings, signed_in, bram, gijs, published
) -> None:
    member, outsider = signed_in(bram), signed_in(gijs)
    assert statuses(member, TAKEN) == {200}
    assert statuses(outsider, TAKEN) == {403}
    assert statuses(Client(), TAKEN) <= {302, 401}

    settings.PUBLIC_FIGURES = True

    for visitor in (member, outsider, Client()):
        assert statuses(visitor, TAKEN) == {200}


def test_public_figures_open_no_other_door(settings, signed_in, gijs) -> None:
    """Every route of the figures, as it is configured: what lets a stranger in."""
    settings.PUBLIC_FIGURES = True
    values = {"uuid": str(uuid.uuid4()), "int": "1", "slug": "x", "str": "x"}
    figures = {
        (fill(pattern, values), name)
        for pattern, name in all_patterns()
        if door_of(pattern) == FIGURES
    }
    expected = {
        path
        for path, name in figures
        if path.startswith("/odata/") or name.removeprefix("figures-") in OPEN
    }

    for visitor in (Client(), signed_in(gijs)):
        let_in = {
            path
            for path, _name in figures
            if visitor.get(path).status_code not in {302, 401, 403}
        }
        # What is only posted to answers 405 to whoever may; to a stranger it does not.
        assert let_in == expected
    assert len(expected) == 13
    assert len(figures) > 15


def test_public_figures_never_show_a_draft(settings, signed_in, gijs, approved) -> None:
    settings.PUBLIC_FIGURES = True

    for visitor in (Client(), signed_in(gijs)):
        told = [p for p in TAKEN if "2026" in p]
        assert statuses(visitor, tuple(told)) == {404}
        assert len(told) == 9
        assert visitor.get("/odata/v1/Datasets").json()["value"] == []


# --- OData --------------------------------------------------------------------------


def test_client_of_statistics_netherlands_reads_our_figures(
    settings, live_server, published, tmp_path
) -> None:
    """`cbsodata4` as it is, at another address."""
    import cbsodata4

    settings.PUBLIC_FIGURES = True
    at = {"base_url": f"{live_server.url}/odata/v1", "catalog": "Weerbaar"}
    cube = cube_of(published, "T2")

    listed = cbsodata4.get_datasets(**at)
    whole = cbsodata4.get_observations("T2-2026", download_dir=tmp_path / "w", **at)
    some = cbsodata4.get_observations(
        "T2-2026",
        download_dir=tmp_path / "s",
        IncidentGroup=["verbal", "total"],
        OfficeKind="total",
        **at,
    )
    labelled = cbsodata4.add_unit_column(cbsodata4.add_label_columns(whole))

    assert len(listed) == len(published.snapshot["tables"])
    found = whole.set_index(["IncidentGroup", "OfficeKind", "Period"])["Value"]
    assert {k: None if v != v else v for k, v in found.items()} == keyed(cube)
    assert list(some["IncidentGroup"]) == ["verbal", "total"]
    assert set(labelled["PeriodLabel"]) == {published.period}
    assert whole.attrs["meta"].time_dimension_identifiers == ["Period"]
    assert len(cbsodata4.add_date_column(whole)) == len(whole)


class Reader:
    """A program that knows nothing but what `$metadata` tells it."""

    kinds = {"Edm.Int64": int, "Edm.String": str, "Edm.DateTimeOffset": str}

    def __init__(self, client: Client, at: str) -> None:
        self.client, self.at = client, at
        answer = client.get(f"{at}$metadata", headers={"accept": "application/xml"})
        assert answer["Content-Type"] == "application/xml; charset=utf-8"
        schema = {"edm": "http://docs.oasis-open.org/odata/ns/edm"}
        tree = ElementTree.fromstring(answer.content)  # noqa: S314 - ours
        self.types = {
            f"Weerbaar.{found.get('Name')}": (
                found.find("edm:Key/edm:PropertyRef", schema).get("Name"),
                {p.get("Name"): p for p in found.findall("edm:Property", schema)},
            )
            for found in tree.iterfind(".//edm:EntityType", schema)
        }
        container = tree.find(".//edm:EntityContainer", schema)
        self.sets = {
            s.get("Name"): s.get("EntityType") or s.get("Type") for s in container
        }

    def read(self, name: str) -> list[dict[str, Any]]:
        """The rows of a set, each held to its type; keys are there once."""
        content = self.client.get(f"{self.at}{name}").json()
        assert content["@odata.context"].endswith(f"{self.at}$metadata#{name}")
        context = content.pop("@odata.context")
        rows = content.get("value", [content])
        assert context.startswith("http")
        key, told = self.types[self.sets[name]]
        assert len({row[key] for row in rows}) == len(rows)
        for row in rows:
            assert list(row) == list(told)
            for column, value in row.items():
                if value is None:
                    assert told[column].get("Nullable") == "true", column
                else:
                    assert type(value) is self.kinds[told[column].get("Type")], column
        return rows


def test_program_that_knows_only_the_metadata_reads_everything(
    signed_in, bram, dotted
) -> None:
    dotted.save()
    client = signed_in(bram)
    whole = Reader(client, "/odata/v1/")
    listed = client.get("/odata/v1/").json()

    assert listed["@odata.context"].endswith("/odata/v1/$metadata")
    assert [one["name"] for one in listed["value"]] == list(whole.sets)
    for found in whole.read("Datasets"):
        one = Reader(client, f"/odata/v1/Weerbaar/{found['Identifier']}/")
        [told] = one.read("Properties")
        assert told == found
        assert len(one.read("Observations")) == found["ObservationCount"]
        for name in one.sets.keys() - {"Properties", "Observations"}:
            assert one.read(name)
        service = client.get(one.at).json()
        assert [s["name"] for s in service["value"]] == list(one.sets)


def test_metadata_refuses_in_the_form_of_the_protocol(signed_in, bram, gijs) -> None:
    at = "/odata/v1/Weerbaar/T99-2026/$metadata"
    for client, status in ((signed_in(bram), 404), (signed_in(gijs), 403)):
        answer = client.get(at)
        assert answer.status_code == status
        assert answer.json()["error"]["code"] == str(status)


def test_observations_are_filtered_chosen_and_cut(signed_in, bram, published) -> None:
    client, at = signed_in(bram), "/odata/v1/Weerbaar/T2-2026/Observations"

    def ask(**query: str) -> Any:
        return client.get(at, {f"${name}": text for name, text in query.items()})

    everything = ask().json()["value"]
    cut = ask(skip="2", top="3", select="Id,Value").json()["value"]

    assert [row["Id"] for row in cut] == [2, 3, 4]
    assert set(cut[0]) == {"Id", "Value"}
    assert len(everything) == len(cube_of(published, "T2").observations)
    for wrong in (
        {"filter": "contains(OfficeKind,'x')"},
        {"filter": "Geheim eq 'x'"},
        {"select": "Snapshot"},
        {"top": "-1"},
        {"expand": "x"},
    ):
        refused = ask(**wrong)
        assert refused.status_code == 400, wrong
        [told] = refused.json()["error"]["details"]
        assert told["target"] == f"${next(iter(wrong))}"


def test_partner_s_token_reads_every_format(bram, published) -> None:
    secret = open_with_password(bram.key, PASSWORD)
    token = make_token(bram.key, secret, label="proef", today=date(2026, 8, 5))
    partner = Client(headers={"Authorization": f"Bearer {token}"})
    files = f"/api/v1/releases/{published.pk}/tables/t2/files"

    for path in (*(f"{files}/{kind}" for kind in FORMATS), "/odata/v1/Datasets"):
        assert partner.get(path).status_code == 200
        assert Client().get(path).status_code == 401
    assert partner.get(f"{files}/docx").status_code == 404


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A eq 'x'", [0, 1]),
        ("A eq 'x' and B eq 1", [0]),
        ("A eq 'y' or A eq 'x' and B eq 1", [0, 2]),
        ("(A eq 'y' or A eq 'x') and B eq 2", [1, 2]),
        ("A eq 'it''s'", [3]),
        ("B eq null", [3]),
    ],
)
def test_filter_keeps_the_order_of_the_standard(text, found) -> None:
    rows = [
        {"A": "x", "B": 1},
        {"A": "x", "B": 2},
        {"A": "y", "B": 2},
        {"A": "it's", "B": None},
    ]
    test = read_filter(text, {"A", "B"})

    assert [at for at, row in enumerate(rows) if test(row)] == found


@pytest.mark.parametrize(
    "text", ["", "A", "A eq", "A eq x", "A eq 'x", "(A eq 1", "A eq 1)", "(" * 900]
)
def test_filter_that_makes_no_sense_is_refused(text) -> None:
    with pytest.raises(FilterRefused):
        read_filter(text, {"A"})


# --- the catalogue ------------------------------------------------------------------

# What DCAT-AP-NL 3.0 asks of each class, as its tables have it: property, at least, at
# most. Written down here from the profile; Geonovum's own file comes in no package.
ASKED = {
    "dcat:Catalog": [
        ("dcat:contactPoint", 1, 1),
        ("dcat:dataset", 1, None),
        ("dct:publisher", 1, 1),
        ("dct:title", 1, None),
        ("dct:description", 1, None),
    ],
    "dcat:Dataset": [
        ("dct:accessRights", 1, 1),
        ("dcat:contactPoint", 1, 1),
        ("dct:creator", 1, None),
        ("dct:description", 1, None),
        ("dct:identifier", 1, 1),
        ("dct:publisher", 1, 1),
        ("dct:title", 1, None),
        ("dcat:theme", 1, None),
        ("dcat:version", 0, 1),
    ],
    "dcat:Distribution": [
        ("dcat:accessURL", 1, 1),
        ("dcat:downloadURL", 0, 1),
        ("dct:license", 1, 1),
    ],
    "dcat:DataService": [
        ("dct:accessRights", 1, 1),
        ("dcat:contactPoint", 1, 1),
        ("dct:creator", 0, 1),
        ("dct:description", 1, None),
        ("dcat:endpointDescription", 1, 1),
        ("dcat:endpointURL", 1, 1),
        ("dct:identifier", 1, 1),
        ("dct:license", 1, None),
        ("dct:publisher", 1, 1),
        ("dct:title", 1, None),
        ("dcat:theme", 1, None),
    ],
}


def shapes() -> str:
    """The table above in SHACL."""
    head = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . "
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . "
        "@prefix dct: <http://purl.org/dc/terms/> . "
    )
    found = [head]
    for kind, properties in ASKED.items():
        lines = [
            f"sh:property [ sh:path {path} ; sh:minCount {least}"
            + (f" ; sh:maxCount {most} ]" if most else " ]")
            for path, least, most in properties
        ]
        told = " ; ".join(lines)
        found.append(f"[] a sh:NodeShape ; sh:targetClass {kind} ; {told} .")
    return " ".join(found)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_catalogue_keeps_the_dutch_profile(signed_in, bram, published) -> None:
    import pyshacl
    from rdflib import DCAT, RDF, Graph

    text = signed_in(bram).get("/cijfers/catalogus.jsonld").content.decode()
    graph = Graph().parse(data=text, format="json-ld")

    def judged() -> tuple[bool, str]:
        rules = Graph().parse(data=shapes(), format="turtle")
        conforms, _graph, told = pyshacl.validate(graph, shacl_graph=rules)
        return conforms, told

    tables = len(published.snapshot["tables"])
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == tables
    files = set(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(files) == tables * len(FORMATS)
    assert published.digest in text
    assert judged()[0], judged()[1]
    graph.remove((None, DCAT.theme, None))
    assert not judged()[0]
