"""A complete intake against the bare Argon2id that it contains."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from intake.services import Report, submit
from intake.services.submitting import SALT
from tests.bench.measuring import Line, paired, queries
from weerbaar.accounts import demo
from weerbaar.accounts.models import Organisation
from weerbaar.vault.receipt import new_receipt, receipt_keys

ROUNDS = 40


def measure() -> Iterator[Line]:
    """Submit a report with three handlers, in turn with a derivation alone."""
    demo.make_cast(now=timezone.now() - timedelta(days=700))
    report = Report(
        organisation=Organisation.objects.get(slug="lindeveen"),
        types=["veiled_threat"],
        story="Zij weten waar mijn kinderen naar school gaan. " * 20,
    )
    words = new_receipt()

    def intake() -> None:
        submit(report=report, now=timezone.now())

    def bare() -> None:
        receipt_keys(words, salt=SALT, pepper=settings.RECEIPT_PEPPER)

    count = queries(intake)
    whole, alone, ratio = paired(intake, bare, ROUNDS)
    yield Line("Argon2id of one receipt, alone", alone, "")
    yield Line(
        "a complete intake",
        whole,
        f"{ratio:.2f} x its Argon2id; {1000 / whole:.0f} a second a core",
        count,
    )
