"""Who is told what: in the transaction of the event, by a link, and never too much."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from cases import services as cases
from intake.services import enter
from referrals.models import Partner
from referrals.services import load_partners, take_back
from tests.at_once import at_once
from tests.factories import STORY
from tests.referrals.stage import Stage
from weerbaar.accounts import services as accounts
from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.services import record
from weerbaar.notices import services
from weerbaar.notices.audiences import FINDERS
from weerbaar.notices.catalogue import ROWS, Audience
from weerbaar.notices.models import Notice
from weerbaar.outbox.models import Message
from weerbaar.outbox.services import finish, relay, resend

pytestmark = pytest.mark.django_db


def told(kind):
    return set(
        Notice.objects.filter(kind=kind).values_list("recipient__email", flat=True)
    )


def test_new_report_tells_every_handler_with_a_grant(
    bram, sanne, chris, gijs, open_report
):
    open_report()

    assert told(Kind.CASE_OPENED) == {bram.email, sanne.email}


def test_recused_person_gets_no_notice_of_anything(
    bram, daan, open_report, keyring_of, now
):
    case, _words = open_report(recused=[str(daan.pk)])
    cases.step(case, "begin_triage", by=bram, keyring=keyring_of(bram), now=now)
    cases.send_message(case, "We bellen u.", by=bram, keyring=keyring_of(bram), now=now)
    record(Kind.ACCESS_CLOSED, case, by=SYSTEM, now=now)

    assert told(Kind.ACCESS_CLOSED) == {bram.email}
    assert not Notice.objects.filter(recipient=daan).exists()
    assert services.unread_count(daan) == 0


def test_owner_is_told_and_the_rest_of_the_team_left_alone(
    bram, sanne, open_report, keyring_of, now
):
    case, _words = open_report()
    cases.step(case, "begin_triage", by=bram, keyring=keyring_of(bram), now=now)

    record(Kind.REPLY_RECEIVED, case, by=SYSTEM, now=now)

    assert told(Kind.REPLY_RECEIVED) == {bram.email}


def test_actor_is_not_told_of_the_own_act(bram, sanne, open_report, keyring_of, now):
    case, _words = open_report()

    cases.assign(case, sanne, by=bram, keyring=keyring_of(bram), now=now)
    cases.assign(case, bram, by=bram, keyring=keyring_of(bram), now=now)

    assert told(Kind.CASE_ASSIGNED) == {sanne.email}


def test_promise_due_tells_its_owner(bram, sanne, open_report, keyring_of, now):
    case, _words = open_report()
    cases.step(case, "begin_triage", by=bram, keyring=keyring_of(bram), now=now)

    assert cases.remind(now=now) > 0

    assert told(Kind.COMMITMENT_DUE) == {bram.email}


def test_promise_due_tells_who_stands_in_as_well(
    bram, sanne, daan, open_report, keyring_of, now
):
    """The owner is away: without this nobody would act (H-5)."""
    case, _words = open_report()
    who = {"by": bram, "keyring": keyring_of(bram), "now": now}
    cases.step(case, "begin_triage", **who)
    cases.deputise(case, sanne, until=now.date(), **who)

    cases.remind(now=now)

    assert told(Kind.COMMITMENT_DUE) == {bram.email, sanne.email}
    cases.expire_deputies(now=now + timedelta(days=1))
    Notice.objects.all().delete()
    cases.remind(now=now + timedelta(days=1))
    assert told(Kind.COMMITMENT_DUE) == {bram.email}


def test_one_mail_tells_of_all_that_waits(bram, sanne, open_report, now):
    """Each would say the same; what comes after it gets a mail of its own."""
    for _i in range(3):
        open_report()
    for notice in Notice.objects.filter(recipient=bram):
        services.mail(str(notice.pk), now=now)
    assert [m.to for m in mail.outbox] == [[bram.email]]
    open_report()

    for notice in Notice.objects.filter(recipient=bram):
        services.mail(str(notice.pk), now=now)

    assert [m.to for m in mail.outbox] == [[bram.email]] * 2
    assert not Notice.objects.filter(recipient=bram, mailed_at=None).exists()
    assert not Notice.objects.filter(recipient=sanne, mailed_at__isnull=False).exists()


def test_notice_falls_with_its_event(bram, open_report, now):
    case, _words = open_report()
    before = (Event.objects.count(), Notice.objects.count(), Message.objects.count())

    with pytest.raises(RuntimeError), transaction.atomic():
        record(Kind.CASE_WITHDRAW, case, by=SYSTEM, now=now)
        assert Notice.objects.count() > before[1]
        raise RuntimeError

    after = (Event.objects.count(), Notice.objects.count(), Message.objects.count())
    assert after == before


def test_mail_says_nothing_of_the_case(bram, open_report, now, settings):
    case, _words = open_report(subject="Zeppelinhal")
    notice = Notice.objects.get(recipient=bram)

    services.mail(str(notice.pk), now=now)

    (sent,) = mail.outbox
    assert sent.to == [bram.email]
    assert sent.subject == "Weerbaar: er staat iets voor u klaar"
    assert f"{settings.SITE_ADDRESS}{reverse('notices')}" in sent.body
    words = {case.reference, str(case.pk), "eppelin", "melding", "melder", STORY[:20]}
    whole = sent.message().as_string().replace(reverse("notices"), "")
    assert not [word for word in words if word in whole]


def test_mail_goes_once_and_not_after_reading(bram, sanne, open_report, now):
    open_report()
    hers, his = (Notice.objects.get(recipient=who) for who in (sanne, bram))
    services.mail(str(hers.pk), now=now)
    services.mail(str(hers.pk), now=now)
    services.mark_read(bram, now=now)
    services.mail(str(his.pk), now=now)

    assert [m.to for m in mail.outbox] == [[sanne.email]]


def test_mail_server_down_is_tried_again(bram, open_report, now, settings):
    open_report()
    notice = Notice.objects.get(recipient=bram)
    message = Message.objects.get(task="notices.mail", ref=notice.pk)
    sent = []
    relay(lambda m: sent.append(m.pk), now=now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(OSError, match=r"refused"):
        finish(message.pk, lambda ref: services.mail(ref, now=now), now=now)

    notice.refresh_from_db()
    message.refresh_from_db()
    assert notice.mailed_at is None
    assert message.done_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later = now.replace(hour=now.hour + 1)
    # After months of it the count is full, and sending goes on.
    Message.objects.filter(pk=message.pk).update(attempts=32_767)
    assert resend(lambda m: sent.append(m.pk), now=later) >= 1
    finish(message.pk, lambda ref: services.mail(ref, now=later), now=later)
    assert sent.count(message.pk) == 2
    assert [m.to for m in mail.outbox] == [[bram.email]]


def test_broker_down_loses_nothing(bram, open_report, now):
    open_report()

    def broken(message):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        relay(broken, now=now)

    sent = []
    assert relay(lambda m: sent.append(m.task), now=now) >= 1
    assert "notices.mail" in sent


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_to_two_workers_is_mailed_once(bram, open_report, now):
    """A broker that lost its memory hands the same work out again."""
    open_report()
    notice = Notice.objects.get(recipient=bram)
    message = Message.objects.get(task="notices.mail", ref=notice.pk)

    def work(ref):
        services.mail(ref, now=now)

    done = at_once(*[partial(finish, message.pk, work, now=now)] * 4)

    assert sorted(done) == [False, False, False, True]
    assert [m.to for m in mail.outbox] == [[bram.email]]


@pytest.mark.django_db(transaction=True)
def test_several_notices_at_once_are_one_mail(bram, open_report, now):
    for _i in range(3):
        open_report()
    waiting = Notice.objects.filter(recipient=bram)

    found = at_once(*[partial(services.mail, str(n.pk), now=now) for n in waiting])

    assert found == [None, None, None]
    assert [m.to for m in mail.outbox] == [[bram.email]]


@pytest.mark.django_db(transaction=True)
def test_worker_mails_a_notice(celery_worker, bram, open_report):
    from weerbaar.celery import app

    open_report()
    notice = Notice.objects.get(recipient=bram)
    app.send_task("outbox.relay")

    celery_worker.wait_for(
        lambda: Notice.objects.filter(pk=notice.pk, mailed_at__isnull=False)
    )


def test_page_lists_and_opens(bram, signed_in, open_report):
    case, _words = open_report()
    client = signed_in(bram)
    page = client.get(reverse("notices")).content.decode()
    assert "Er is een nieuwe melding binnengekomen." in page
    assert case.reference in page
    assert "1<span" in client.get(reverse("worklist")).content.decode()

    notice = Notice.objects.get(recipient=bram)
    answer = client.post(reverse("notice-read", args=[notice.pk]))

    assert answer.url == reverse("case", args=[case.reference])
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert services.unread_count(bram) == 0


def test_all_are_marked_at_once(bram, signed_in, open_report):
    open_report()
    open_report()
    client = signed_in(bram)

    client.post(reverse("notices-read"))

    assert services.unread_count(bram) == 0


def test_notice_of_a_case_handed_over_is_gone(
    bram, sanne, open_report, keyring_of, now
):
    case, _words = open_report()
    keyring = keyring_of(bram)
    cases.step(case, "begin_triage", by=bram, keyring=keyring, now=now)
    assert Notice.objects.visible_to(bram).exists()

    cases.hand_over(
        case, sanne, note="Met vakantie.", by=bram, keyring=keyring, now=now
    )

    assert not Notice.objects.visible_to(bram).exists()
    stale = Notice.objects.filter(recipient=bram).first()
    services.mail(str(stale.pk), now=now)
    assert mail.outbox == []
    assert told(Kind.CASE_HANDED_OVER) == {sanne.email}


def test_change_of_ones_own_account_is_told_to_oneself(bram, keyring_of, now):
    secret = keyring_of(bram).open(bram.key_id)

    accounts.make_api_token(bram, secret, label="zaaksysteem", now=now)

    assert told(Kind.TOKEN_MADE) == {bram.email}


def test_first_password_is_not_told(lindeveen, now):
    user = accounts.invite(
        email="noor@lindeveen.example",
        name="Noor",
        organisation=lindeveen,
        role="handler",
        by=SYSTEM,
        now=now,
    )

    accounts.reset_password(user, "een-heel-nieuw-wachtwoord", now=now)

    assert not Notice.objects.exists()


@pytest.fixture
def stage(bram, esma, ondersteuningsteam, open_report, keyring_of, now):
    """Anna's case with Bram on it, and Esma at the desk of the support team."""
    load_partners()
    Partner.objects.filter(code="support_team_nwb").update(
        organisation=ondersteuningsteam
    )
    case, code = open_report(wish="call_me")
    access = enter(code, now=now)
    return Stage(
        case=case,
        handler=bram,
        keyring=keyring_of(bram),
        reporter=access.by,
        reporter_keyring=access.keyring,
        desk=esma,
        desk_keyring=keyring_of(esma),
        find=lambda code, region: Partner.objects.get(code=code, region=region),
        now=now,
    )


def test_desk_is_told_of_its_referral_and_of_nothing_else(stage, esma, bram, signed_in):
    referral = stage.sent()

    assert told(Kind.REFERRAL_SENT) == {esma.email}
    assert set(
        Notice.objects.filter(recipient=esma).values_list("kind", flat=True)
    ) == {Kind.REFERRAL_SENT}
    page = signed_in(esma).get(reverse("notices")).content.decode()
    assert "Er is een doorverwijzing naar u gestuurd." in page
    assert stage.case.reference not in page
    assert Notice.objects.get(recipient=esma).url == reverse(
        "desk-referral", args=[referral.pk]
    )
    assert told(Kind.REFERRAL_CONSENTED) == {bram.email}


def test_taking_back_tells_both_desk_and_handler(stage, esma, bram):
    referral = stage.sent()

    take_back(referral, by=stage.reporter, now=stage.now)

    assert told(Kind.REFERRAL_WITHDRAWN) == {esma.email, bram.email}
    assert services.unread_count(esma) == 2


def test_every_audience_is_found_and_every_row_has_a_sentence():
    assert set(FINDERS) == set(Audience) == {row.audience for row in ROWS}
    for row in ROWS:
        assert str(row.text).endswith(".")


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.page != "figures"],
    ids=lambda row: f"{row.kind} {row.audience}",
)
def test_every_notice_leads_to_a_page(row, open_report, now):
    case, _words = open_report()
    event = Event(about_id=case.pk, subject_id=str(case.pk))

    notice = Notice(
        kind=row.kind,
        page=row.page,
        argument=services._argument(row, event),
        made_at=now,
    )

    assert notice.url
    assert notice.text == row.text


def test_nobody_reads_the_notices_of_another(bram, chris, signed_in, open_report):
    open_report()
    notice = Notice.objects.get(recipient=bram)
    client = signed_in(chris)

    assert client.post(reverse("notice-read", args=[notice.pk])).status_code == 404
    assert "nieuwe melding" not in client.get(reverse("notices")).content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_signed_out_nobody_sees_notices(client, db):
    assert client.get(reverse("notices")).url.startswith(reverse("account_login"))
