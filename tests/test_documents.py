"""The documents: there, in their order, true to the code, and without a dead link."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.ROOT)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROOMS = {"weerbaar", "intake", "cases", "aftercare", "referrals"}
MODELS = [m for m in apps.get_models() if m.__module__.split(".")[0] in ROOMS]
# The order of developer.overheid.nl (OPEN-3).
ORDER = (
    "What it does",
    "For whom",
    "How it looks",
    "Prerequisites",
    "Run it",
    "Production",
    "Status",
    "Contribute",
    "Code of conduct",
    "Security",
    "Licence",
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_readme_is_in_the_agreed_order() -> None:
    headings = re.findall(r"(?m)^## (.+)$", read("README.md"))

    assert headings == list(ORDER)


def test_newcomer_needs_two_commands() -> None:
    block = re.search(r"```sh\n(.*?)```", read("README.md"), re.DOTALL)

    assert block
    lines = [line.split("#")[0].strip() for line in block[1].strip().splitlines()]
    assert lines == ["make demo", "make test"]


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE",
        "CONTRIBUTING.md",
        "CODE_OF_CONDUCT.md",
        "GOVERNANCE.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "publiccode.yml",
        "docs/deploy.md",
        "docs/architecture.md",
        "docs/workflow.md",
        "docs/glossary.md",
        "docs/privacy.md",
    ],
)
def test_document_is_there_and_says_something(name: str) -> None:
    assert len(read(name)) > 400


def links(text: str) -> Iterator[str]:
    """The links to files of ours."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            yield target.partition("#")[0]


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda f: str(f.relative_to(ROOT)))
def test_links_lead_somewhere(file: Path) -> None:
    dead = [
        target
        for target in links(file.read_text(encoding="utf-8"))
        if not (file.parent / target).exists()
    ]

    assert dead == []


def test_named_tests_and_modules_exist() -> None:
    """What a document calls `tests/…` or `docs/adr/0014` stands there."""
    named = {
        path
        for file in DOCUMENTS
        for path in re.findall(
            r"`((?:tests|docs|weerbaar|cases|intake|referrals|aftercare)/[\w/.-]+)`",
            file.read_text(encoding="utf-8"),
        )
    }
    gone = {path for path in named if not list(ROOT.glob(f"{path.rstrip('/')}*"))}

    assert gone == set()


def named_tests(text: str) -> set[tuple[str, str]]:
    """What a page calls `tests/a/test_b.py::test_c`, also as `::test_d` after that."""
    found, file = set(), ""
    for path, name in re.findall(r"`(tests/[\w/]+\.py)?::(test_\w+)`", text):
        file = path or file
        found.add((file, name))
    return found


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda f: str(f.relative_to(ROOT)))
def test_every_named_test_is_there(file: Path) -> None:
    gone = [
        f"{path}::{name}"
        for path, name in named_tests(file.read_text(encoding="utf-8"))
        if not (ROOT / path).is_file() or f"def {name}(" not in read(path)
    ]

    assert gone == []


def test_threat_model_claims_nothing_without_a_test() -> None:
    """A row that denies an attacker something names what shows it, and it can fail."""
    rows = re.findall(
        r"(?m)^\| (?!Attacker|To |as |from |with |---)(.+) \|$", threats()
    )
    claims = [[cell.strip() for cell in row.split("|")] for row in rows]

    assert len(claims) > 20
    for who, gets, gets_not, shown in claims:
        assert gets, who
        assert named_tests(shown) or not gets_not or "**not defended**" in gets, who
    assert named_tests("`tests/a.py::test_b`") == {("tests/a.py", "test_b")}


def threats() -> str:
    return read("docs/threat-model.md").partition("## Not defended")[0]


def asvs() -> dict[str, tuple[str, str, str, str]]:
    """The lines of docs/asvs.md: level, answer, why, shown by."""
    lines = re.findall(
        r"(?m)^\| ([\d.]+) \| (\d) \| (\S+) \| (.*?) \| (.*?) \|$", read("docs/asvs.md")
    )
    return {line[0]: line[1:] for line in lines}


def test_asvs_has_exactly_the_requirements_that_were_asked() -> None:
    asked = json.loads(read("tests/standards/asvs-5.0.0-asked.json"))

    assert {key: int(line[0]) for key, line in asvs().items()} == asked
    assert len(re.findall(r"(?m)^\| \d", read("docs/asvs.md"))) == len(asked) == 272


def test_asvs_shows_every_yes_and_explains_every_no() -> None:
    answers = asvs()

    assert {line[1] for line in answers.values()} == {"yes", "**no**", "n/a"}
    for key, (_level, said, why, shown) in answers.items():
        named = re.findall(r"`([\w./-]+)(?:::\w+)?`", shown)
        assert named or said != "yes", key
        assert why or said == "yes", key
        assert all((ROOT / name).exists() for name in named), key
    counts = [sum(v[1] == w for v in answers.values()) for w in ("yes", "**no**")]
    told = re.search(r"Now: (\d+) yes, (\d+) no", read("docs/asvs.md"))
    assert told
    assert list(map(int, told.groups())) == counts


def test_code_of_conduct_names_a_way_to_be_heard() -> None:
    assert "publiccode.yml" in read("CODE_OF_CONDUCT.md")
    assert publiccode()["maintenance"]["contacts"][0]["email"]


def publiccode() -> dict[str, Any]:
    return dict(yaml.safe_load(read("publiccode.yml")))


def test_publiccode_fits_its_schema() -> None:
    schema = json.loads(read("tests/standards/publiccode-schema-0.5.json"))
    told = publiccode()
    # YAML reads a day as a day; the schema wants it as text.
    told["releaseDate"] = str(told["releaseDate"])
    judge = jsonschema.Draft7Validator(schema)

    assert [e.message for e in judge.iter_errors(told)] == []
    del told["legal"]
    assert list(judge.iter_errors(told))


def test_versions_and_licence_agree() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    told = publiccode()

    assert told["softwareVersion"] == project["version"]
    assert told["legal"]["license"] == project["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in read("LICENSE")


def test_changelog_tells_of_the_api() -> None:
    text = read("CHANGELOG.md")

    assert "### API" in text
    assert f"- {settings.API_VERSION}:" in text
    assert {"Deprecation", "Sunset"} <= set(re.findall(r"`(\w+)`", text))


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(f.name[:4]) for f in sorted((ROOT / "docs/adr").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_architecture_stays_on_two_pages() -> None:
    assert len(read("docs/architecture.md").split()) <= 1300


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_glossary_has_every_thing_that_is_kept(model: Any) -> None:
    named = set(re.findall(r"`(?:\w+\.)*(\w+)`", read("docs/glossary.md")))

    assert model.__name__ in named


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_privacy_tells_of_everything_about_people(model: Any) -> None:
    """A table with personal or sealed fields has its line (docs/privacy.md)."""
    if not (model.CLASSED["personal"] or model.CLASSED["sealed"]):
        return
    named = re.findall(r"`([a-z_]+(?:\*)?)(?:\.\w+)?`", read("docs/privacy.md"))

    table = model._meta.db_table
    assert any(
        table == name or (name.endswith("*") and table.startswith(name[:-1]))
        for name in named
    ), f"{table} is missing in docs/privacy.md"


def test_every_algorithm_stands_in_the_inventory() -> None:
    """What the vault takes from `cryptography` is in docs/keys.md (ASVS 11.1.2)."""
    told = set(re.findall(r"`(\w+)`", read("docs/keys.md")))
    # Key classes of X-Wing's two halves, what compares, what is raised.
    beside = ("MLKEM768", "X25519", "Cobblestone256", "HashAlgorithm", "hpke")
    used = set()
    for file in (ROOT / "weerbaar/vault").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            if node.module.startswith("cryptography.") and node.module not in {
                "cryptography.exceptions",
                "cryptography.hazmat.primitives.constant_time",
            }:
                used |= {name.name for name in node.names}

    assert {"AESGCM", "Argon2id", "HKDF"} <= used
    assert {name for name in used if not name.startswith(beside)} <= told
