"""Build the style sheet, the icons and the fonts from npm packages (`npm ci` first).

Only packages under EUPL-1.2, MIT and OFL-1.1 are used. The design tokens of Utrecht,
RVO and the Rijkshuisstijl are not open source and may never be added here.
"""

import gzip
import re
import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

WEB = Path(__file__).resolve().parents[2]
STATIC = WEB / "static" / "web"
MODULES = WEB.parents[1] / "node_modules"

# What our templates use; what is not in these lists is not in the sheet or the house.
COMPONENTS = WEB / "css" / "components.txt"
ICONS = WEB / "css" / "icons.txt"
WEIGHTS = (400, 500, 700)
LICENCES = {
    "EUPL-1.2.md": "@utrecht/component-library-css/LICENSE.md",
    "fira-sans-OFL-1.1.txt": "@fontsource/fira-sans/LICENSE",
    "tabler-icons-MIT.txt": "@tabler/icons/LICENSE",
}
BANNER = (
    "/*! Built by manage.py build_css. NL Design System: Utrecht component CSS and"
    " Voorbeeld design tokens, EUPL-1.2; Fira Sans, OFL-1.1. See licences/. */\n"
)
COMMENT = re.compile(r"/\*.*?\*/", re.S)
USED = re.compile(r"var\(\s*(--[\w-]+)")


class Command(BaseCommand):
    """`manage.py build_css`: rebuild; `--check`: fail when the sheet is stale."""

    help = "Build weerbaar.css, icons and fonts from the packages in node_modules."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--modules", type=Path, default=MODULES)

    def handle(self, *args: Any, check: bool, modules: Path, **options: Any) -> None:
        if not (modules / "@utrecht").is_dir():
            raise CommandError("Run `npm ci` first: the style packages are not there.")
        sheet = build(modules)
        target = STATIC / "weerbaar.css"
        if check:
            if target.read_text(encoding="utf-8") != sheet:
                raise CommandError("weerbaar.css is stale: run manage.py build_css.")
            return
        target.write_text(sheet, encoding="utf-8")
        copy_files(modules)
        packed = len(gzip.compress(sheet.encode(), 9)) / 1024
        self.stdout.write(f"{len(sheet) / 1024:.0f} kB, {packed:.1f} kB packed")


def build(modules: Path) -> str:
    """The whole sheet: components, the tokens they reach, and our own rules."""
    components = "\n".join(
        (modules / f"@utrecht/{name}-css/dist/index.css").read_text(encoding="utf-8")
        for name in COMPONENTS.read_text(encoding="utf-8").split()
    )
    # Our policy allows no data: images; the tick comes from img/ (see own.css).
    components = re.sub(r'url\("data:[^"]*"\)', "none", components)
    own = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((WEB / "css").glob("*.css"))
    )
    theme = (
        modules / "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
    )
    tokens = reachable(theme.read_text(encoding="utf-8"), components + own)
    rules = "".join(f"{name}:{value};" for name, value in tokens.items())
    return BANNER + "\n".join(
        shrink(part) for part in (components, f".wb-theme{{{rules}}}", own)
    )


def reachable(theme: str, css: str) -> dict[str, str]:
    """Of nearly three thousand tokens, those that the rules refer to."""
    every = dict(
        re.findall(r"^\s*(--[\w-]+):\s*(.*?);", COMMENT.sub("", theme), flags=re.M)
    )
    todo, wanted = set(USED.findall(css)), set()
    while todo:
        name = todo.pop()
        if name in wanted or name not in every:
            continue
        wanted.add(name)
        todo |= set(USED.findall(every[name]))
    return {name: value for name, value in every.items() if name in wanted}


def shrink(css: str) -> str:
    """Comments and white space out; a rule per line, so that it can be compared."""
    css = re.sub(r"\s+", " ", COMMENT.sub("", css))
    return re.sub(r"\s*([{};,])\s*", r"\1", css).replace("}", "}\n").strip()


def copy_files(modules: Path) -> None:
    """Fonts, licences and the chosen icons; older copies of icons go."""
    for weight in WEIGHTS:
        for subset in ("latin", "latin-ext"):
            name = f"fira-sans-{subset}-{weight}-normal.woff2"
            source = modules / "@fontsource/fira-sans/files" / name
            shutil.copyfile(source, STATIC / "fonts" / name)
    for name, path in LICENCES.items():
        text = (modules / path).read_text(encoding="utf-8")
        (STATIC / "licences" / name).write_text(text.strip() + "\n", encoding="utf-8")
    for old in (WEB / "icons").glob("*.svg"):
        old.unlink()
    for icon in ICONS.read_text(encoding="utf-8").split():
        svg = (modules / f"@tabler/icons/icons/outline/{icon}.svg").read_text("utf-8")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
        paths = re.sub(r"\s+", " ", inner.group(1)).strip() if inner else ""
        (WEB / "icons" / f"{icon}.svg").write_text(paths + "\n", encoding="utf-8")
