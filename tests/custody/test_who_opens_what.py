"""A machine that does everything at random: who opens which case equals a plain model.

Reports, handing over, recusal, stepping aside, names behind two people, endorsing,
ending, theft, new keys, a lost vault, erasing and recovery, in any order, through the
services. The model knows no cryptography: sets and one walk.
"""

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as dials
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from cases import services as cases
from cases.models import Purpose as Asked
from tests import factories
from tests.cast import MEMBERS, PASSWORD
from tests.custody import stage
from weerbaar.accounts import endorsing, trust
from weerbaar.accounts.models import Membership, User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.services import make_vault
from weerbaar.custody import services
from weerbaar.custody.models import Purpose
from weerbaar.vault import erasing
from weerbaar.vault.core import Erased
from weerbaar.vault.endorsing import NotEndorsed
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Endorsement, Key
from weerbaar.vault.people import open_with_password
from weerbaar.web.refusals import NotAllowed

ROOT = "root"
PEOPLE = ("bram", "sanne", "daan", "noor")
# Who holds a share: two people of the system, and a notary.
HOLDERS = ("bram", "daan", None)
# He keeps the second half of each hidden name, and sees no case.
CUSTODIAN = "karim"
EVERYBODY = (*PEOPLE, CUSTODIAN)
people = st.sampled_from(PEOPLE)
everybody = st.sampled_from(EVERYBODY)
# Mostly the first cases: a long story of one finds more than a short one of many.
numbers = st.sampled_from([0, 0, 0, 1, 2])


@dataclass
class Signed:
    """An endorsement: by which key, of whose key; a key is (person, which vault)."""

    by: object
    of: tuple[str, int]
    ended: bool = False
    broken: bool = False


@dataclass
class Model:
    """What should be true, in sets."""

    vault: dict[str, int] = field(default_factory=dict)
    signed: list[Signed] = field(default_factory=list)
    recused: list[set[str]] = field(default_factory=list)
    opens: list[set[tuple[str, int]]] = field(default_factory=list)
    # Of each hidden name: who has the first half, the second, and the second on loan.
    first: list[set[tuple[str, int]]] = field(default_factory=list)
    second: list[set[tuple[str, int]]] = field(default_factory=list)
    lent: list[set[tuple[str, int]]] = field(default_factory=list)
    erased: set[int] = field(default_factory=set)

    def key(self, who: str) -> tuple[str, int]:
        return who, self.vault[who]

    def counts(self, who: str) -> bool:
        reached, valid = {ROOT}, []
        for _round in self.signed:
            valid = [s for s in self.signed if s.by in reached]
            reached |= {s.of for s in valid if not s.broken}
        mine = [s for s in valid if s.of == self.key(who)]
        return bool(mine) and not any(s.ended or s.broken for s in mine)

    def holds(self, who: str, number: int) -> bool:
        return self.key(who) in self.opens[number]

    def give_all(self, to: str, number_of: list[int], avoiding=()) -> None:
        for number in number_of:
            if not self.recused[number] & {to, *avoiding}:
                self.opens[number].add(self.key(to))

    def give_halves(self, to: str, avoiding=()) -> None:
        halves = self.second if to == CUSTODIAN else self.first
        for number, recused in enumerate(self.recused):
            if not recused & {to, *avoiding}:
                halves[number].add(self.key(to))

    def loses(self, who: str, number: int) -> None:
        """The case and whatever she had of its name."""
        for sets in (self.opens, self.first, self.second, self.lent):
            sets[number].discard(self.key(who))

    def move(self, old: tuple[str, int], new: tuple[str, int]) -> None:
        """All that one key held is held by another."""
        for sets in (self.opens, self.first, self.second, self.lent):
            for held in sets:
                if old in held:
                    held.remove(old)
                    held.add(new)

    def end(self, who: str, *, broken: bool) -> None:
        for one in self.signed:
            if one.of[0] == who:
                one.ended = True
                one.broken |= broken


class House(RuleBasedStateMachine):
    """The services beside the model."""

    now = None
    # Made once by `make_world`; each run begins from a copy and is rolled back.
    model = Model()
    place = None
    pks: dict = {}
    secrets: dict = {}
    shares: list = []

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.model = deepcopy(House.model)
        self.cases: list = []
        # Every Secret that ever was, also of vaults that were given up.
        self.secrets = dict(House.secrets)

    def teardown(self) -> None:
        try:
            self.everything_agrees()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def is_gone(self, number: int) -> bool:
        """No such case, or its erasure key was destroyed."""
        return number >= len(self.cases) or number in self.model.erased

    def _know(self, who: str, user: User) -> None:
        self.model.vault[who] = self.model.vault.get(who, -1) + 1
        fresh = self.user(who)
        assert fresh.key
        secret = open_with_password(fresh.key, PASSWORD)
        self.secrets[self.model.key(who)] = secret

    def user(self, who: str) -> User:
        return User.objects.select_related("key").get(pk=self.pks[who])

    def member(self, who: str) -> Membership:
        found = Membership.objects.select_related("organisation", "user__key")
        return found.get(user_id=self.pks[who], organisation=self.place)

    def doing(self, who: str) -> dict:
        ring = Keyring(self.secrets[self.model.key(who)])
        return {"by": self.user(who), "keyring": ring, "now": self.now}

    @initialize()
    def first_report(self) -> None:
        self.report(set())

    @rule(recused=st.sets(everybody, max_size=4))
    def report(self, recused) -> None:
        counted = {who for who in PEOPLE if self.model.counts(who)} - recused
        ids = [str(self.pks[who]) for who in recused]
        asked = {"organisation": self.place, "now": self.now, "recused": ids}
        if not counted:
            with pytest.raises(cases.NobodyMayRead):
                factories.report(**asked)
            return
        named = {"anonymity": "confidential", "identity": {"name": "Anna"}}
        self.cases.append(factories.report(**asked, **named)[0])
        model = self.model
        model.recused.append(set(recused))
        model.opens.append({model.key(who) for who in counted})
        model.first.append(set(model.opens[-1]))
        keeps = model.counts(CUSTODIAN) and CUSTODIAN not in recused
        model.second.append({model.key(CUSTODIAN)} if keeps else set())
        model.lent.append(set())

    @rule(number=numbers, by=people, to=people, away=st.booleans())
    def hand_on(self, number, by, to, away) -> None:
        """Assign to a colleague, or hand over and lose one's own access."""
        if self.is_gone(number):
            return
        case, model = self.cases[number], self.model
        may = model.holds(by, number) and model.counts(to)
        may = may and to not in model.recused[number]
        try:
            if away:
                cases.hand_over(case, self.user(to), note="x", **self.doing(by))
            else:
                cases.assign(case, self.user(to), **self.doing(by))
        except (NotAllowed, cases.Recused, cases.NotVouchedFor):
            assert not may
            return
        assert may
        model.opens[number].add(model.key(to))
        if away and by != to:
            model.loses(by, number)

    @rule(number=numbers, by=people, whom=everybody)
    def recuse(self, number, by, whom) -> None:
        """A conflict comes to light afterwards: one's own, or a colleague's."""
        if self.is_gone(number):
            return
        model, case = self.model, self.cases[number]
        case.refresh_from_db()
        others = [p for p in PEOPLE if p != whom and model.holds(p, number)]
        kept_out = model.recused[number] | {whom}
        heirs = [p for p in PEOPLE if p not in kept_out and model.counts(p)]
        may = model.holds(by, number)
        try:
            cases.recuse(case, self.user(whom), "Familie.", **self.doing(by))
        except NotAllowed:
            assert not may
            return
        except cases.NobodyLeft:
            assert may
            assert not others
            assert not heirs
            return
        assert may
        assert others or heirs
        model.recused[number].add(whom)
        model.opens[number] |= {model.key(p) for p in heirs if not others}
        model.loses(whom, number)

    # Who received the first case has a half of its name; the others mostly have none.
    @rule(number=numbers, by=st.sampled_from(("bram", "daan", "bram", "daan", "sanne")))
    def ask_for_the_name(self, number, by) -> None:
        """She asks and the custodian agrees, as far as that goes."""
        if self.is_gone(number):
            return
        model, case = self.model, self.cases[number]
        mine = model.key(by)
        may_ask = model.holds(by, number) and mine in model.first[number]
        keeps = model.key(CUSTODIAN) in model.second[number]
        may_ask &= model.counts(CUSTODIAN) and keeps and mine not in model.lent[number]
        try:
            asked = cases.ask(case, Asked.IDENTITY, "Bellen.", **self.doing(by))
        except (
            NotAllowed,
            cases.IdentityNotYours,
            cases.AlreadyAsked,
            cases.NobodyToAnswer,
        ):
            assert not may_ask
            return
        assert may_ask
        try:
            cases.approve(asked, **self.doing(CUSTODIAN))
        except cases.AskerGone:
            assert not model.counts(by)
            cases.withdraw_request(asked, by=self.user(by), now=self.now)
            return
        assert model.counts(by)
        model.lent[number].add(mine)

    @rule(clock=st.booleans())
    def a_day_passes(self, clock) -> None:
        """What was lent no longer opens, whether or not the clock has been round."""
        self.now += timedelta(days=1)
        if clock:
            cases.expire_approvals(now=self.now)
        self.names_agree(lent=False)
        cases.expire_approvals(now=self.now)
        for lent in self.model.lent:
            lent.clear()

    @rule(by=people, to=everybody)
    def endorse(self, by, to) -> None:
        words = stage.six_words(self.user(to))
        may = self.model.counts(by) and by != to
        try:
            endorsing.endorse_colleague(self.member(to), words, **self.doing(by))
        except (NotAllowed, NotEndorsed):
            assert not may
            return
        assert may
        self.model.signed.append(Signed(self.model.key(by), self.model.key(to)))

    @rule(by=people, to=people)
    def give_all(self, by, to) -> None:
        model = self.model
        may = model.counts(by) and model.counts(to) and by != to
        try:
            services.hand_cases(self.member(to), **self.doing(by))
        except (NotAllowed, cases.NotVouchedFor):
            assert not may
            return
        assert may
        model.give_all(to, [n for n in range(len(self.cases)) if model.holds(by, n)])

    @rule(who=everybody, by=people, broken=st.booleans())
    def end_trust(self, who, by, broken) -> None:
        doing = {"by": self.user(by), "now": self.now, "broken": broken}
        endorsing.end_trust(self.user(who), self.place, **doing)
        self.model.end(who, broken=broken)

    @rule(who=everybody)
    def lose_everything(self, who) -> None:
        services.start_over(self.user(who), PASSWORD, now=self.now)
        self.model.end(who, broken=False)
        for number in range(len(self.cases)):
            self.model.loses(who, number)
        self._know(who, self.user(who))

    @rule(number=numbers)
    def erase(self, number) -> None:
        """The end of a term, as a backup sees it: every row is still there."""
        if not self.is_gone(number):
            key = Key.objects.get(pk=self.cases[number].case_key_id)
            assert erasing.erase([key.erasure_id]) == 1
            self.model.erased.add(number)

    @rule(who=everybody, suspected=st.booleans())
    def renew_key(self, who, suspected) -> None:
        """A new key keeps what the former opened; that one opens nothing any more."""
        model, old = self.model, self.model.key(who)
        counted = model.counts(who)
        ring = Keyring(self.secrets[old])
        secret, _code = services.renew_vault(
            self.user(who), PASSWORD, suspected=suspected, keyring=ring, now=self.now
        )
        model.end(who, broken=suspected)
        model.vault[who] += 1
        model.move(old, model.key(who))
        self.secrets[model.key(who)] = secret
        # A custodian vouches for nobody, also not for her own next key.
        if counted and not suspected and who != CUSTODIAN:
            model.signed.append(Signed(old, model.key(who)))

    @rule(to=everybody, pair=st.sampled_from(list(combinations(range(3), 2))))
    def recover(self, to, pair) -> None:
        doing, model = self.doing(to), self.model
        if to == CUSTODIAN:
            # A handler sits at the table; the custodian's words are read out.
            doing = self.doing("bram")
        words = stage.six_words(self.user(to))
        cookie = services.begin_recovery(self.member(to), words, **doing)
        for number in pair:
            hand = services.resume(Purpose.RECOVERY, cookie, **doing)
            words = self.shares[number].text
            services.enter_share(*hand, words, cookie, **doing)
        hand = services.resume(Purpose.RECOVERY, cookie, **doing)
        model.signed.append(Signed(ROOT, model.key(to)))
        try:
            services.recover(*hand, **doing)
        except cases.NotVouchedFor:
            assert not model.counts(to)
            model.signed.pop()
            return
        assert model.counts(to)
        present = [HOLDERS[number] for number in pair if HOLDERS[number]]
        if to != CUSTODIAN:
            model.give_all(to, list(range(len(self.cases))), avoiding=present)
        model.give_halves(to, avoiding=present)

    def everything_agrees(self) -> None:
        for who in PEOPLE:
            counted = trust.counts(self.user(who), self.place, Permission.HANDLE_CASES)
            assert counted == self.model.counts(who)
        found = {
            (key, number)
            for key, secret in self.secrets.items()
            for number, case in enumerate(self.cases)
            if Keyring(secret).holds(case.case_key_id)
        }
        expected = {
            (key, number)
            for number, opened in enumerate(self.model.opens)
            for key in opened
            if number not in self.model.erased
        }
        assert found == expected
        for number, recused in enumerate(self.model.recused):
            assert not {key[0] for key, n in found if n == number} & recused
        self.names_agree()

    def names_agree(self, *, lent: bool = True) -> None:
        """Who opens which hidden name, by both halves and in time."""
        model = self.model
        found = set()
        for who in PEOPLE:
            for number, case in enumerate(self.cases):
                with suppress(
                    *(NotAllowed, cases.IdentityNotYours, cases.IdentityNeedsTwo),
                    Erased,
                ):
                    case.refresh_from_db()
                    cases.open_identity(case, **self.doing(who))
                    found.add((who, number))
        halves = enumerate(zip(model.first, model.lent, strict=True))
        opened = {
            (key[0], n)
            for n, both in halves
            for key in both[0] & both[1]
            if n not in model.erased
        }
        assert found == (opened if lent else set())
        assert not any(
            Keyring(secret).holds(case.identity_key_id)
            for key, secret in self.secrets.items()
            for case in self.cases
            if key[0] == CUSTODIAN
        )


def make_world(place, password_hash: str, now) -> None:
    """Bram and Daan count, Sanne and Noor have a vault only; three hold a share."""
    House.now, House.place = now, place
    House.model, House.secrets, House.pks = Model(), {}, {}
    for who in EVERYBODY:
        known = factories.member(MEMBERS[who], password_hash) if who != "noor" else None
        user = known or _newcomer(place, password_hash, now)
        House.pks[who] = user.pk
        House.model.vault[who] = 0
        secret = open_with_password(user.key, PASSWORD)
        House.secrets[House.model.key(who)] = secret
    Endorsement.objects.filter(person_id=House.pks["sanne"]).delete()
    for who in ("bram", "daan", CUSTODIAN):
        House.model.signed.append(Signed(ROOT, House.model.key(who)))
    named = [User.objects.get(pk=House.pks[h]) if h else None for h in HOLDERS]
    House.shares = stage.share_out(place, named)


def _newcomer(place, password_hash: str, now) -> User:
    user = User(email="noor@lindeveen.example", name="Noor", password=password_hash)
    user.save()
    Membership.objects.create(
        user=user, organisation=place, role="handler", starts_on=factories.SINCE
    )
    make_vault(user, PASSWORD, by=user, now=now)
    return user


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("runs", "steps"),
    [(12, 20), pytest.param(300, 40, marks=pytest.mark.nightly)],
)
def test_who_opens_what_equals_the_model(runs, steps, lindeveen, now, settings) -> None:
    # What a password costs is of no concern here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    make_world(lindeveen, make_password(PASSWORD), now)

    run_state_machine_as_test(
        House,
        settings=dials(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
