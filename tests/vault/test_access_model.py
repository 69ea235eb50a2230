"""A machine that grants and revokes at will: who can open what equals a plain model."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from weerbaar.vault.core import NoAccess, Secret
from weerbaar.vault.granting import grant, keep_key, new_key, revoke
from weerbaar.vault.keyring import DEPTH, Keyring
from weerbaar.vault.models import Key, KeyKind

TODAY = date(2026, 11, 3)
PEOPLE = [Secret.from_bytes(bytes([n]) * 32) for n in range(1, 4)]


class Access(RuleBasedStateMachine):
    """The database beside `held`: for each key, the keys that hold it."""

    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.held: dict[Key, set[Key]] = {}

    def teardown(self) -> None:
        try:
            for secret in PEOPLE:
                self.everything_agrees(secret)
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    @initialize(target=keys)
    def people(self):
        made = [keep_key(s, KeyKind.PERSON, today=TODAY) for s in PEOPLE]
        self.held.update({key: set() for key in made})
        return multiple(*made)

    @rule(target=keys, holders=st.lists(keys, max_size=2))
    def make(self, holders):
        key, _ = new_key(KeyKind.CASE, holders=holders, today=TODAY)
        self.held[key] = set(holders)
        return key

    @rule(secret=st.sampled_from(PEOPLE), key=keys, to=keys)
    def hand_over(self, secret, key, to):
        try:
            opened = Keyring(secret).open(key.pk)
        except NoAccess:
            assert not self.opens(secret, key)
            return
        assert self.opens(secret, key)
        grant(opened, key=key, to=to, today=TODAY)
        self.held[key].add(to)

    @rule(key=keys, holder=keys)
    def take_back(self, key, holder):
        known = holder in self.held[key]

        assert len(revoke(key_id=key.pk, holder_id=holder.pk)) == int(known)
        self.held[key].discard(holder)

    @rule(secret=st.sampled_from(PEOPLE), chosen=st.lists(keys, max_size=4))
    def read_a_list(self, secret, chosen):
        ring = Keyring(secret)
        ring.preload([key.pk for key in chosen])

        for key in chosen:
            # With its list open, a person may come further, never elsewhere.
            assert ring.holds(key.pk) or not self.opens(secret, key)
            assert not ring.holds(key.pk) or self.opens(secret, key, len(self.held))

    def everything_agrees(self, secret: Secret) -> None:
        for key in self.held:
            assert Keyring(secret).holds(key.pk) == self.opens(secret, key)

    def opens(self, secret: Secret, key: Key, depth: int = DEPTH) -> bool:
        reached = {key}
        for _ in range(depth):
            reached |= {holder for k in reached for holder in self.held[k]}
        return secret.public.id in {k.pk for k in reached}


@pytest.mark.django_db
def test_who_opens_what_equals_the_model():
    run_state_machine_as_test(
        Access,
        settings=settings(max_examples=25, stateful_step_count=20, deadline=None),
    )
