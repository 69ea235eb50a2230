"""The words and numbers of a release, worked out from plan and snapshot alone.

The sentences are those of the message catalogue, in the language that the files are in.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from weerbaar.network.checker.rules import QUARTER
from weerbaar.network.checker.told import (
    YEAR_QUARTERS,
    Axis,
    Member,
    Said,
    Snapshot,
    Told,
)

TOTAL, PERIOD = "total", "period"
SOURCE, LICENCE = "Netwerk Weerbaar Bestuur", "CC0-1.0"
# Statistics Netherlands numbers the provinces, from 20 on.
PROVINCES = (
    "groningen", "fryslan", "drenthe", "overijssel", "flevoland", "gelderland",
    "utrecht", "noord_holland", "zuid_holland", "zeeland", "noord_brabant", "limburg",
)  # fmt: skip
COUNTRY = "NL01"


class Wording:
    """The words of a plan file, in the language that is spoken."""

    def __init__(self, text: str, snapshot: Snapshot, said: Said) -> None:
        content = tomllib.loads(text)
        self.snapshot, self.said = snapshot, said
        self.splits = {entry["code"]: entry for entry in content["dimension"]}
        self.tables = {entry["code"]: entry for entry in content["table"]}
        self.facts = self._facts()

    def table(self, table: Mapping[str, Any]) -> Told:
        """What every file of a table of the release has to say."""
        entry, rows = self.tables[table["code"]], table["rowDimension"]
        ends = [] if entry.get("only") else [TOTAL]
        title, definition = self._word(entry["title"]), self._word(entry["definition"])
        is_advice = table["kind"] == "prevention"
        labels = self._labels(rows, table["rows"])
        return Told(
            language=self.said.language,
            code=table["code"],
            title=title,
            definition=definition,
            unit=gettext("requests") if is_advice else gettext("reports"),
            row_label=self._word(self.splits[rows]["label"]),
            row_labels=[*labels, *(gettext(end) for end in ends)],
            column_labels=self._labels(table["columnDimension"], table["columns"]),
            axes=self._axes(table, ends),
            numbers=_numbers(table, has_sums=bool(ends)),
            facts=self.facts,
            notes=self._notes(f"{table['code']} {title}", definition),
            moment=self.said.moment,
        )

    def _axes(self, table: Mapping[str, Any], ends: list[str]) -> list[Axis]:
        """Rows, columns, and the period where neither is one."""
        axes = [self._axis(table["rowDimension"], [*table["rows"], *ends])]
        if table["columnDimension"]:
            axes.append(
                self._axis(table["columnDimension"], [*table["columns"], TOTAL])
            )
        if all(axis.code != PERIOD for axis in axes):
            axes.append(Axis(PERIOD, gettext("Period"), [self._whole()]))
        return axes

    def _word(self, words: Mapping[str, str]) -> str:
        return words[self.said.language]

    def _labels(self, split: str | None, codes: list[str]) -> list[str]:
        if split is None:
            return []
        named = {c["code"]: self._word(c) for c in self.splits[split]["categories"]}
        return [named[code] for code in codes]

    def _axis(self, split: str, codes: list[str]) -> Axis:
        known = [code for code in codes if code != TOTAL]
        labels = dict(zip(known, self._labels(split, known), strict=True))
        if split == QUARTER:
            year = self.snapshot["year"]
            members = [
                self._whole()
                if code == TOTAL
                else Member(f"{year}KW0{code[1:]}", f"{year} {labels[code]}")
                for code in codes
            ]
            return Axis(PERIOD, gettext("Period"), members)
        members = [
            Member(code, labels.get(code, gettext("total")), _statistics(split, code))
            for code in codes
        ]
        return Axis(split, self._word(self.splits[split]["label"]), members)

    def _whole(self) -> Member:
        year, quarters = self.snapshot["year"], self.snapshot["quarters"]
        if quarters == YEAR_QUARTERS:
            return Member(f"{year}JJ00", str(year))
        month = gettext(("March", "June", "September")[quarters - 1])
        said = gettext("January to %(month)s %(year)s")
        return Member(f"{year}X000", said % {"month": month, "year": year})

    def _facts(self) -> dict[str, str]:
        rule = self.snapshot["rule"]
        raw = json.dumps(self.snapshot, sort_keys=True, separators=(",", ":"))
        return {
            "digest": hashlib.sha256(raw.encode()).hexdigest(),
            "plan": self.snapshot["plan"],
            "base": str(rule["base"]),
            "bound": str(rule["bound"]),
            "status": self.said.status,
            "published": self.said.published,
            "rounding": gettext(
                "All numbers are rounded to fives, and the tables add up. A 0 stands "
                "for 0 to %(bound)d. A dot means: too few people or organisations."
            )
            % {"bound": rule["bound"]},
            "reading": gettext(
                "More reports do not have to mean more incidents: they can also mean "
                "that more people report."
            ),
            "source": SOURCE,
            "licence": LICENCE,
        }

    def _notes(self, title: str, definition: str) -> list[list[str]]:
        facts, moment = self.facts, self.said.moment
        final = facts["status"] == "definitive"
        return [
            [gettext("Table"), title],
            [gettext("Definition"), definition],
            [gettext("Period"), self._whole().label],
            [gettext("Status"), gettext("definitive" if final else "provisional")],
            [gettext("Rounding"), facts["rounding"]],
            [gettext("Reading"), facts["reading"]],
            [
                gettext("Published"),
                date_format(moment, "j F Y") if moment else gettext("not yet"),
            ],
            [gettext("Release plan"), facts["plan"]],
            [gettext("Rounded to multiples of"), facts["base"]],
            [gettext("Furthest from the truth"), facts["bound"]],
            [gettext("Fingerprint"), facts["digest"]],
            [gettext("Source"), SOURCE],
            [gettext("Licence"), LICENCE],
        ]


def _statistics(split: str, code: str) -> str:
    if split != "province":
        return ""
    if code == TOTAL:
        return COUNTRY
    return f"PV{20 + PROVINCES.index(code)}" if code in PROVINCES else ""


def _numbers(table: Mapping[str, Any], *, has_sums: bool) -> list[int | None]:
    lines = zip(table["cells"], table["rowTotals"], strict=True)
    found = [number for cells, total in lines for number in (*cells, total)]
    return [*found, *table["columnTotals"], table["total"]] if has_sums else found
