"""Who has both databases: no row of the figures leads to a case (statistics 8.21).

The search that finds nothing in the pool finds the order in the inbox, and the ids that
two tables of cases share.
"""

import re
from datetime import datetime
from random import Random
from typing import Any

import pytest
from scipy.stats import kendalltau, spearmanr

from cases import services
from cases.models import Case
from tests.cases.asking import doing
from tests.journey.searching import search
from tests.threats.test_dump import dumped
from weerbaar.contributions.models import Contribution, PooledContribution
from weerbaar.contributions.pooling import reseal
from weerbaar.contributions.services import make_final, opened
from weerbaar.network.keys import KeyMissing, destroy_key, read_key, write_key
from weerbaar.network.services import begin_years, destroy_keys
from weerbaar.vault.core import Secret, VaultError
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Key

pytestmark = pytest.mark.django_db(transaction=True)

UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CLOCK = re.compile(rb"\d\d:\d\d")
INBOX = "public.contributions_contribution"
POOL = "public.contributions_pooledcontribution"
TYPES = ["veiled_threat", "spitting", "insult_humiliation"]


def play(case: Case, chance: Random, who: dict[str, Any]) -> None:
    """Assessed, handled, closed and corrected: three revisions for the figures."""
    services.step(case, "begin_triage", **who)
    services.step(case, "respond", words="Een gesprek.", **who)
    services.arrange_aftercare(case)
    services.step(case, "begin_aftercare", **who)
    services.step(case, "evaluate", choice="given", **who)
    for promise in case.commitments.open():
        services.keep(promise, by=who["by"], now=who["now"])
    codes = {"severity": "serious", "police": chance.choice(["melding", "aangifte"])}
    services.classify(case, codes, revision=case.revision, **who)
    case.refresh_from_db()
    services.step(case, "close", words="Eerder bellen.", **who)
    codes = {"channels": [chance.choice(["email", "phone"])]}
    services.classify(case, codes, revision=case.revision, **who)


def tables() -> dict[str, list[bytes]]:
    """The lines of each table as pg_dump writes them: in physical order."""
    found: dict[str, list[bytes]] = {}
    for piece in dumped():
        found.setdefault(piece.where, []).append(piece.content)
    return found


def ids_in(lines: list[bytes]) -> list[str]:
    """The id of each row, in the order of the dump."""
    found = (re.match(UUID.pattern, line) for line in lines)
    return [one.group().decode() for one in found if one]


def correlations(order: list[str], case_of: dict[str, int]) -> list[float]:
    """How far an order of rows tells the order of cases: Spearman's and Kendall's."""
    places, cases = range(len(order)), [case_of[row] for row in order]
    found = (spearmanr(places, cases), kendalltau(places, cases))
    return [abs(float(one.statistic)) for one in found]


def all_secrets(keyring: Keyring) -> list[Secret]:
    """Every Secret that a person can open."""
    found = []
    for key in Key.objects.values_list("pk", flat=True):
        try:
            found.append(keyring.open(key))
        except VaultError:
            continue
    return found


@pytest.mark.parametrize(
    ("many", "most"),
    [(40, 0.4), pytest.param(500, 0.1, marks=pytest.mark.nightly)],
)
def test_no_row_of_the_pool_leads_to_a_case(
    open_report, bram, sanne, keyring_of, now, settings, tmp_path, many, most
) -> None:
    settings.NETWORK_KEYS = tmp_path / "network"
    begin_years(write_key, now=now)
    chance, who = Random(21), doing(bram, keyring_of, now)
    number: dict[str, int] = {}
    for n in range(many):
        case, _words = open_report(types=[chance.choice(TYPES)])
        number[services.header_of(case, who["keyring"]).case_token] = n
        play(case, chance, who)
    secret = read_key(2026)
    before = ids_in(tables()[INBOX])
    waiting = cases_of(Contribution, secret, number)

    assert reseal(2026, secret, now=now.replace(month=6, day=1)) == 3 * many

    assert min(correlations(before, waiting)) > 0.9
    dump = tables()
    lines = dump.pop(POOL)
    pooled, order = cases_of(PooledContribution, secret, number), ids_in(lines)
    assert len(order) == len(pooled) == 3 * many
    for way in (order, sorted(order)):
        assert max(correlations(way, pooled)) <= most
    assert PooledContribution.objects.values("batch_on").distinct().count() == 1
    nothing_shared(lines, dump, before)
    assert search(list(number), dumped()) == []
    nothing_opens(secret, [keyring_of(bram), keyring_of(sanne)], now)


def cases_of(model: Any, secret: Secret, number: dict[str, int]) -> dict[str, int]:
    """Which case each row is of, by who has the year's Secret and all headers."""
    contents = {str(row.pk): opened(row, secret) for row in model.objects.all()}
    return {pk: number[content["case"]] for pk, content in contents.items() if content}


def nothing_shared(
    lines: list[bytes], dump: dict[str, list[bytes]], before: list[str]
) -> None:
    """No id of the pool anywhere else, nor one of the inbox; no time of day."""
    mine = {one for line in lines for one in UUID.findall(line)}
    others = {w: {u for x in s for u in UUID.findall(x)} for w, s in dump.items()}
    assert others["public.cases_case"] & others["public.cases_statement"]
    assert not mine & set().union(*others.values())
    assert not mine & {one.encode() for one in before}
    assert ids_in(dump[INBOX]) == []
    texts = [line for line in lines if UUID.match(line)]
    assert len({len(line) for line in texts}) == 1, "a length tells what is in it"
    assert not [line for line in texts if CLOCK.search(line)]
    assert [line for line in dump["public.audit_event"] if CLOCK.search(line)]


def nothing_opens(secret: Secret, keyrings: list[Keyring], now: datetime) -> None:
    """After the year's Secret is gone, with everything that handlers can open."""
    rows = list(PooledContribution.objects.all()[:8])
    assert all(opened(row, secret) for row in rows)
    make_final(2026, today=now.date())
    destroy_keys(destroy_key, now=now.replace(year=2027))

    with pytest.raises(KeyMissing):
        read_key(2026)
    held = [one for keyring in keyrings for one in all_secrets(keyring)]
    # Two handlers open each case and its dialogue.
    assert len(held) >= 4 * Case.objects.count()
    for row in rows:
        assert not [one for one in held if opened(row, one)]
