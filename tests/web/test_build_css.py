"""The style sheet is built, self-contained, free, and as new as its sources."""

import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from weerbaar.web.management.commands.build_css import MODULES, STATIC, WEB

SHEET = (STATIC / "weerbaar.css").read_text("utf-8")


def test_everything_the_sheet_loads_is_ours():
    loaded = re.findall(r"url\(([^)]+)\)", SHEET)

    assert len(loaded) > 6
    assert all((STATIC / name).is_file() for name in loaded)


def test_our_own_rules_are_in_the_sheet():
    for file in (WEB / "css").glob("*.css"):
        for name in re.findall(r"\.(wb-[\w-]+)[{:,\s]", file.read_text("utf-8")):
            assert f".{name}" in SHEET, (file.name, name)


def test_only_open_sources_are_built_in():
    names = (WEB / "management/commands/build_css.py").read_text("utf-8")

    packages = set(re.findall(r"@[\w-]+/[\w-]+", names))
    assert packages == {
        "@utrecht/component-library-css",
        "@nl-design-system-unstable/voorbeeld-design-tokens",
        "@fontsource/fira-sans",
        "@tabler/icons",
    }
    assert {f.name for f in (STATIC / "licences").iterdir()} == {
        "EUPL-1.2.md",
        "fira-sans-OFL-1.1.txt",
        "tabler-icons-MIT.txt",
    }


def test_sheet_is_as_new_as_its_sources():
    if not (MODULES / "@utrecht").is_dir():
        pytest.skip("the style packages are not installed (npm ci)")

    call_command("build_css", check=True)


def test_building_without_the_packages_is_refused(tmp_path):
    with pytest.raises(CommandError, match="npm ci"):
        call_command("build_css", modules=tmp_path)
