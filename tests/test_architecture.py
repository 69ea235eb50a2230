"""The whole house: layers, the one place for each thing, every field classed."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from weerbaar import steps

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("aftercare", "cases", "intake", "referrals", "weerbaar")


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file.relative_to(ROOT), ast.parse(file.read_text("utf-8"))


def imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def our_models() -> list[type[models.Model]]:
    labels = {"intake", "cases", "aftercare", "referrals"}
    return [
        m
        for m in apps.get_models()
        if m.__module__.split(".")[0] in labels or m.__module__.startswith("weerbaar.")
    ]


def machines() -> list[type[steps.Machine]]:
    return [m for m in our_models() if issubclass(m, steps.Machine)]


def test_import_contracts_hold() -> None:
    tool = Path(sys.executable).with_name("lint-imports")

    found = subprocess.run(
        [tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert found.returncode == 0, found.stdout[-3000:]


def test_only_the_vault_imports_cryptography() -> None:
    users = {
        str(file)
        for file, tree in sources()
        if any(name.split(".")[0] == "cryptography" for name in imports(tree))
    }

    assert users
    assert all(user.startswith("weerbaar/vault/") for user in users), users


# What starts programs, reads objects out of bytes, expands entities or calls elsewhere.
REACHING = {
    *("subprocess", "pty", "pickle", "marshal", "shelve", "dill", "jsonpickle"),
    *("xml.sax", "xml.dom", "lxml", "requests", "httpx", "aiohttp", "urllib3"),
    *("urllib.request", "http.client", "ftplib", "ldap3", "yaml"),
}
# Servers for demo and tests; never installed in production.
BESIDE = ("weerbaar/embedded/", "weerbaar/devstack/", "weerbaar/demo/")


def test_no_room_starts_programs_reads_objects_or_calls_elsewhere() -> None:
    """ASVS 1.2.5, 1.3.2, 1.3.6, 1.5.1, 1.5.2: what cannot be done cannot be abused."""
    found = []
    for file, tree in sources():
        if str(file).startswith(BESIDE):
            continue
        for name in imports(tree):
            if name in REACHING or name.split(".")[0] in REACHING:
                found.append((str(file), name))
        for node in ast.walk(tree):
            called = getattr(getattr(node, "func", None), "id", "")
            if called in {"eval", "exec", "compile", "__import__"}:
                found.append((str(file), called))

    assert found == []
    assert any("subprocess" in imports(tree) for _file, tree in sources())


def test_services_know_neither_celery_nor_rest() -> None:
    banned = {"celery", "rest_framework", "drf_spectacular"}
    strays = [
        str(file)
        for file, tree in sources()
        if ("services" in str(file) or file.name in {"models.py", "workflow.py"})
        and any(name.split(".")[0] in banned for name in imports(tree))
    ]

    assert strays == []


def test_only_steps_calls_a_transition() -> None:
    names = {name for machine in machines() for name in steps.steps_of(machine)}
    calls = []
    for file, tree in sources():
        if str(file) == "weerbaar/steps.py":
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in names
                and not node.args
                and not node.keywords
                and _is_thing(node.func.value)
            ):
                calls.append(f"{file}:{node.lineno} {node.func.attr}")

    assert len(names) > 15
    assert calls == []


def _is_thing(value: ast.expr) -> bool:
    """A variable or attribute that could be a machine, not a module or a stream."""
    name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
    return name in {"case", "thing", "referral", "plan", "check_in", "release", "self"}


def test_every_transition_names_permission_label_and_event() -> None:
    for machine in machines():
        for name, arrows in steps.steps_of(machine).items():
            for arrow in arrows:
                says = arrow.custom["step"]
                assert callable(arrow.permission), f"{machine.__name__}.{name}"
                assert str(says.label)
                assert says.event
                assert getattr(machine, name).__doc__


@pytest.mark.django_db
def test_every_model_is_as_its_migrations_say() -> None:
    """Ends with an error where a migration is missing."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_machines_stay_small() -> None:
    assert machines()
    for machine in machines():
        states = {s for pair in steps.pairs(machine) for s in pair}
        assert len(states) <= 9, machine
        assert len(steps.pairs(machine)) <= 14, machine


@pytest.mark.django_db
@pytest.mark.parametrize("machine", machines(), ids=lambda m: m.__name__)
def test_database_guard_equals_the_table(machine: type[steps.Machine]) -> None:
    table = machine._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "select prosrc from pg_proc where proname = %s", [f"{table}_state_guard"]
        )
        row = cursor.fetchone()
        cursor.execute(
            "select count(*) from pg_trigger where tgname = %s",
            [f"{table}_state_guard"],
        )
        triggers = cursor.fetchone()[0]

    assert triggers == 1
    guarded = set(re.findall(r"\('([a-z_]+)', '([a-z_]+)'\)", row[0]))
    assert guarded == {(str(a), str(b)) for a, b in steps.pairs(machine)}


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_every_field_is_classed_once(model: type[models.Model]) -> None:
    classed = getattr(model, "CLASSED", {})
    listed = [name for names in classed.values() for name in names]
    fields = {f.name for f in model._meta.concrete_fields}
    fields |= {f.name for f in model._meta.local_many_to_many}
    if model._meta.auto_field is not None and "id" not in listed:
        fields.discard("id")

    assert set(classed) == {"open", "personal", "sealed"}
    assert sorted(listed) == sorted(set(listed))
    assert set(listed) == fields


def test_every_sealed_field_is_bytes() -> None:
    for model in our_models():
        for name in model.CLASSED["sealed"]:  # type: ignore[attr-defined]
            field = model._meta.get_field(name)
            # A password hash is Django's own; everything else of ours is ciphertext.
            assert isinstance(field, models.BinaryField) or name == "password"


def test_modules_open_with_a_sentence() -> None:
    silent = [str(file) for file, tree in sources() if not ast.get_docstring(tree)]

    assert [s for s in silent if not s.endswith("__init__.py")] == []


def test_addresses_of_visitors_are_read_in_one_place() -> None:
    readers = {
        str(file)
        for package in PACKAGES
        for file in (p.relative_to(ROOT) for p in (ROOT / package).rglob("*.py"))
        if re.search(r"REMOTE_ADDR|X_FORWARDED_FOR", (ROOT / file).read_text("utf-8"))
    }

    assert readers == {"weerbaar/web/marks.py"}


def test_module_names_say_what_they_hold() -> None:
    banned = {"utils", "helpers", "common", "misc", "base", "manager", "core"}
    strays = [
        str(file)
        for file, _tree in sources()
        if file.stem in banned and str(file) != "weerbaar/vault/core.py"
    ]

    assert strays == []
