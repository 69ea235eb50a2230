"""The demo's main keys are shared out, so that a visitor can try a recovery."""

import re
from datetime import date

import pytest
from django.utils import timezone

from weerbaar.accounts import trust
from weerbaar.accounts.demo import make_cast
from weerbaar.custody.services import holders_of
from weerbaar.custody.services.holders import check_holders
from weerbaar.demo.papers import make_papers
from weerbaar.vault.shares import join_shares, read_share

pytestmark = pytest.mark.django_db


def test_any_two_papers_of_a_place_are_its_pinned_root(settings, tmp_path) -> None:
    settings.STATE = tmp_path
    settings.ORGANISATION_ROOTS = tmp_path / "roots.toml"
    people = make_cast(now=timezone.now())

    file = make_papers(people, today=date(2026, 5, 12))

    assert file.stat().st_mode & 0o077 == 0
    papers = re.findall(r"^  ((?:\w+ ){32}\w+)$", file.read_text("utf-8"), re.M)
    place = people["bram"].memberships.get().organisation
    holders = holders_of(place)
    root = trust.root_of(place)
    mine = [p for p in papers if _is_of(p, papers, root)]
    assert (len(papers), len(mine)) == (12, 3)
    assert [h.person for h in holders] == [people["bram"], people["sanne"], None]
    check_holders(holders, root.public_key)


def _is_of(paper, papers, root) -> bool:
    """Does this paper, with another of its set, give the root?"""
    one = read_share(paper)
    same = [read_share(p) for p in papers if read_share(p).set == one.set]
    other = next(share for share in same if share != one)
    return join_shares([one, other]).public.id == root.pk
