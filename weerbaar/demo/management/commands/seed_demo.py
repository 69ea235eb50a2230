"""Fills the demo: cast, partners, fifteen incidents, two years of figures."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cases.models import Case
from weerbaar.accounts.demo import CAST, DEMO_PASSWORD, make_cast
from weerbaar.demo import agenda, figures, stories
from weerbaar.demo.papers import make_papers
from weerbaar.demo.partners import make_partners
from weerbaar.demo.playing import play
from weerbaar.demo.scenarios import SCENARIOS

# The cast has worked here since before the first report.
ARRIVED = timedelta(days=700)


class Command(BaseCommand):
    """Does nothing when the demo is filled already."""

    help = "Fill the demo with its cast, partners, fifteen incidents and figures."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo is never filled beside real data.")
        if not Case.objects.exists():
            self._fill()
        self.stdout.write("Inloggen kan op /demo/ met een knop per persoon:")
        for member in CAST:
            self.stdout.write(f"  {member.name:<16} {member.email:<34} {member.sees}")
        self.stdout.write(f"  (of op /inloggen/ met het wachtwoord {DEMO_PASSWORD})")

    @transaction.atomic
    def _fill(self) -> None:
        now = timezone.now()
        people = make_cast(now=now - ARRIVED)
        make_partners(today=timezone.localdate(now))
        papers = make_papers(people, today=timezone.localdate(now - ARRIVED))
        figures.begin_years(now=now)
        receipts, played = [], {}
        for scenario in SCENARIOS:
            case, code = play(scenario, people, now=now)
            receipts.append((case.reference, scenario.subject, code))
            played[scenario.subject] = case, code
        figures.contribute_country(today=timezone.localdate(now))
        figures.keep_register(today=timezone.localdate(now), now=now)
        figures.publish_figures(people, now=now)
        agenda.fill_agenda(people, now=now)
        stories.tell_stories(people, played, now=now)
        self.stdout.write("Meldcodes van de demo (voor /mijn-melding/):")
        for reference, subject, code in receipts[:4]:
            self.stdout.write(f"  {reference}  {subject}: {code}")
        self.stdout.write(
            f"Delen van de hoofdsleutels (voor /hoofdsleutel/herstel/): {papers}"
        )
