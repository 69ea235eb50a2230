"""The years beside one another: what can be compared, and how sure each year is (N-4).

Everything is read from published releases. A year that is not over is compared by its
quarters and by shares, never as a whole with whole years.
"""

from collections.abc import Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext

from weerbaar.network.comparing import Cell, Column, Comparison, column_of, compared
from weerbaar.network.figures import Figure, of_incidents
from weerbaar.network.models import Release
from weerbaar.network.periods import QUARTERS
from weerbaar.network.tables import INCIDENT_GROUP

Numbers = Mapping[str, int | None]


def quarters_of_years(releases: Sequence[Release]) -> Comparison | None:
    """The quarters of each year in force; `releases` with the oldest year first."""
    found = [(one, _by_quarter(one)) for one in releases]
    years = [(one, figure) for one, figure in found if figure]
    if not years:
        return None
    longest = max((figure.columns for _one, figure in years), key=len)
    rows = [
        (
            label,
            {
                place: _cell(_quarters(figure)[label], figure)
                for place, (_one, figure) in enumerate(years)
                if label in figure.columns
            },
        )
        for label in longest
    ]
    return compared(
        gettext("Reports by quarter"),
        _same_quarters([(one, _quarters(figure)) for one, figure in years]),
        row_label=gettext("Quarter"),
        columns=[column_of(one) for one, _figure in years],
        rows=rows,
        name="quarters",
    )


def _by_quarter(release: Release) -> Figure | None:
    """The table that has quarters."""
    return next((f for f in of_incidents(release.snapshot) if f.by_quarter), None)


def _quarters(figure: Figure) -> Numbers:
    """The sum of each quarter by its label."""
    return dict(zip(figure.columns, figure.column_totals, strict=True))


def _same_quarters(years: Sequence[tuple[Release, Numbers]]) -> str:
    """The newest year against the same quarters of the year before it."""
    (newest, numbers), *earlier = reversed(years)
    before = next((n for one, n in earlier if one.year == newest.year - 1), {})
    same = [before.get(label) for label in numbers]
    if not same or None in same or None in numbers.values():
        return gettext("There is no year before it to compare with yet.")
    facts = {
        "year": newest.year,
        "number": sum(n or 0 for n in numbers.values()),
        "earlier": sum(n or 0 for n in same),
        "before": newest.year - 1,
    }
    if newest.quarters == QUARTERS:
        words = gettext(
            "About %(number)s reports in %(year)s, and about %(earlier)s in %(before)s."
        )
    else:
        words = gettext(
            "About %(number)s reports in the quarters of %(year)s that were counted, "
            "and about %(earlier)s in the same quarters of %(before)s."
        )
    return words % facts


def shares_of_years(releases: Sequence[Release]) -> Comparison | None:
    """How often each kind of incident was reported, in percent of its year."""
    found = [(one, _kinds(one)) for one in releases]
    years = [(one, f) for one, f in found if f and (f.total or 0) >= f.share_from]
    if not years:
        return None
    lines = [
        (line.label, place, _share(line.total, figure))
        for place, (_one, figure) in enumerate(years)
        for line in figure.lines
    ]
    labels = dict.fromkeys(label for label, _place, _cell in lines)
    rows = [(x, {place: c for label, place, c in lines if label == x}) for x in labels]
    return compared(
        gettext("Share of each kind"),
        _of_newest(*years[-1]),
        row_label=years[-1][1].row_label,
        columns=[column_of(one) for one, _figure in years],
        rows=rows,
        name="shares",
    )


def _of_newest(release: Release, figure: Figure) -> str:
    return f"{capfirst(release.period)}. {figure.sentence}"


def _kinds(release: Release) -> Figure | None:
    return next(
        (f for f in of_incidents(release.snapshot) if f.row_code == INCIDENT_GROUP),
        None,
    )


def _share(part: int | None, figure: Figure) -> Cell:
    """A percentage of published numbers; a 0 gives none, since it may be some."""
    if part is None or figure.total is None:
        return Cell(None, figure.shown(part), figure.more(part))
    if part == 0:
        return Cell(0, f"{figure.shown(part)} {figure.unit}", figure.more(part))
    share = round(100 * part / figure.total)
    return Cell(share, f"{share}%", figure.part(part))


def vintages(releases: Sequence[Release]) -> list[Comparison]:
    """For each whole year that was published twice: how its numbers changed.

    `releases` are all that were published and may be shown, in any order.
    """
    whole = [one for one in releases if one.quarters == QUARTERS]
    final = {one.year: one for one in whole if not one.is_provisional}
    pairs = [(o, final[o.year]) for o in whole if o.is_provisional and o.year in final]
    pairs.sort(key=lambda pair: -pair[0].year)
    return [made for pair in pairs if (made := _vintage(*pair))]


def _vintage(first: Release, second: Release) -> Comparison | None:
    before, after = _kinds(first), _kinds(second)
    if before is None or after is None:
        return None
    earlier = {line.label: line.total for line in before.lines}
    rows = [
        (
            line.label,
            {0: _cell(earlier.get(line.label), before), 1: _cell(line.total, after)},
        )
        for line in after.lines
    ]
    return compared(
        gettext("%(year)s: provisional and definitive") % {"year": second.year},
        _changed(before.total, after.total),
        row_label=after.row_label,
        columns=[Column(one.status, one.status) for one in (first, second)],
        rows=rows,
        name=f"vintages-{second.year}",
    )


def _cell(number: int | None, figure: Figure) -> Cell:
    return Cell(number, figure.shown(number), figure.more(number))


def _changed(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return gettext("One of the totals is kept back.")
    facts = {"before": before, "after": after}
    if before == after:
        return gettext("The total stayed the same: about %(after)s.") % facts
    return gettext("The total went from about %(before)s to about %(after)s.") % facts
