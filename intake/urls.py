"""Pages of the reporter's door; addresses are neutral, for they stay in the history."""

from django.urls import path

from intake.forms import STEPS
from intake.views import evidence, helping, mailbox, sending, start, telling
from intake.views.steps import StepView

_step = StepView.as_view(list(STEPS.items()), url_name="report-step")

urlpatterns = [
    path("melden/", start.start, name="report-start"),
    path("melden/vooraf/", start.before, name="report-before"),
    path("melden/stap/<str:step>/", _step, name="report-step"),
    path("melden/controleren/", sending.check, name="report-check"),
    path("melden/meldcode/", sending.done, name="report-done"),
    path("melden/klaar/", sending.finished, name="report-finished"),
    path("melden/daarna/", start.after, name="report-after"),
    path("melden/blijven/", start.stay, name="report-stay"),
    path("melden/<slug:organisation>/", start.start, name="report-start-organisation"),
    path("mijn-melding/", mailbox.open_mailbox, name="mailbox-open"),
    path("mijn-melding/overzicht/", mailbox.mailbox, name="mailbox"),
    path("mijn-melding/daarna/", mailbox.after, name="mailbox-after"),
    path("mijn-melding/bericht/", mailbox.reply, name="mailbox-reply"),
    path("mijn-melding/bestanden/", evidence.files, name="mailbox-files"),
    path(
        "mijn-melding/bestanden/<uuid:pk>/", evidence.file_content, name="mailbox-file"
    ),
    path("mijn-melding/wens/", mailbox.wish, name="mailbox-wish"),
    path("mijn-melding/cijfers/", mailbox.counting, name="mailbox-counting"),
    path("mijn-melding/uitsluiten/", mailbox.exclude, name="mailbox-exclude"),
    path("mijn-melding/teruglezen/", mailbox.own_report, name="mailbox-report"),
    path("mijn-melding/intrekken/", mailbox.withdraw, name="mailbox-withdraw"),
    path("mijn-melding/toegang/", mailbox.close, name="mailbox-close"),
    path("mijn-melding/sluiten/", mailbox.leave, name="mailbox-leave"),
    path("mijn-melding/nazorg/", helping.offer, name="mailbox-offer"),
    path("mijn-melding/vraag/<uuid:pk>/", helping.check_in, name="mailbox-check-in"),
    path("mijn-melding/verhaal/", telling.story, name="mailbox-story"),
    path("mijn-melding/tekst/<uuid:pk>/", helping.referral, name="mailbox-referral"),
]
