"""Organisations, invitations, and what several memberships let a person do."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.factories import root_secret
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.endorsing import endorse
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import DUTIES, Permission, Role
from weerbaar.audit.models import Event

pytestmark = pytest.mark.django_db


def command(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def invite(**options):
    given = {
        "email": "noor@lindeveen.example",
        "name": "Noor Bakker",
        "organisation": "lindeveen",
        "role": "handler",
    }
    return command("invite", **{**given, **options})


def test_command_adds_an_organisation():
    said = command(
        "add_organisation",
        slug="oosterdal",
        name="Gemeente Oosterdal",
        kind="municipality",
        province="drenthe",
    )

    assert "Gemeente Oosterdal" in said
    assert Organisation.objects.get(slug="oosterdal").province == "drenthe"
    assert Event.objects.filter(kind="organisation.added").exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"slug": "lindeveen"}, "exists already"),
        ({"slug": "Groot Dorp"}, "small letters"),
        ({"slug": "nergens", "province": "atlantis"}, "is one of: groningen"),
    ],
)
def test_command_says_what_is_wrong_with_an_organisation(changes, says, lindeveen):
    with pytest.raises(CommandError, match=says):
        command("add_organisation", name="X", kind="municipality", **changes)


def test_invitation_prints_a_link(lindeveen, settings):
    said = invite(office="council_clerk")

    assert f"{settings.SITE_ADDRESS}/wachtwoord-instellen/" in said
    user = User.objects.get(email="noor@lindeveen.example")
    assert not user.has_usable_password()
    assert user.key is None
    assert user.may(Permission.HANDLE_CASES, lindeveen)
    assert Event.objects.get(kind="person.invited").facts == {"role": "handler"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"organisation": "nergens"}, "No such organisation. Known are: lindeveen"),
        ({"email": "geen adres"}, "not an e-mail address"),
        ({"office": "keizer"}, "An office is one of: mayor"),
        ({"role": "keizer"}, "invalid choice"),
    ],
)
def test_invitation_says_what_is_wrong(changes, says, lindeveen):
    with pytest.raises(CommandError, match=says):
        words = {"email": "noor@lindeveen.example", "name": "Noor", "role": "handler"}
        words |= {"organisation": "lindeveen"} | changes
        command("invite", *[f"--{name}={value}" for name, value in words.items()])

    assert not User.objects.exists()


def test_second_invitation_adds_an_office_to_the_same_person(lindeveen, kromwaard):
    invite()
    invite(organisation="kromwaard")

    user = User.objects.get()
    assert [o.slug for o in user.organisations(Permission.HANDLE_CASES)] in (
        ["lindeveen", "kromwaard"],
        ["kromwaard", "lindeveen"],
    )
    with pytest.raises(CommandError, match="that role there already"):
        invite()


def test_person_with_two_offices_sees_both_worklists(
    bram, kromwaard, chris, signed_in, open_report
):
    second = Membership.objects.create(
        user=bram, organisation=kromwaard, role="handler", starts_on="2020-01-01"
    )
    root = root_secret("kromwaard")
    endorse(second, secret=root, by=SYSTEM, now=timezone.now())
    here, _words = open_report()
    there, _words = open_report(organisation=kromwaard)

    page = signed_in(bram).get(reverse("worklist")).content.decode()

    assert here.reference in page
    assert there.reference in page
    only = signed_in(chris).get(reverse("worklist")).content.decode()
    assert there.reference in only
    assert here.reference not in only


def test_ended_membership_gives_nothing(bram, signed_in, open_report):
    case, _words = open_report()
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=bram).update(ends_on=yesterday)

    client = signed_in(bram)

    assert client.get(reverse("worklist")).status_code == 403
    assert client.get(reverse("case", args=[case.reference])).status_code in (403, 404)


def test_every_role_has_a_sentence_and_no_role_reads_and_administers():
    assert set(DUTIES) == set(Role)
    for duties in DUTIES.values():
        assert str(duties.sentence).endswith(".")
    assert DUTIES[Role.ADMINISTRATOR].permissions == {Permission.MANAGE_ACCOUNTS}


def test_flags_of_django_give_nobody_anything(gijs):
    assert not gijs.is_staff
    assert not gijs.is_superuser
    assert not gijs.has_perm("cases.view_case")


def staff_pages():
    """Every page by name, with what it asks for filled in from a case."""
    for name, (possibilities, *_rest) in get_resolver().reverse_dict.items():
        if isinstance(name, str) and name.startswith(("case", "worklist", "desk")):
            yield name, possibilities[0][1]


def test_gijs_is_refused_everywhere(gijs, signed_in, open_report):
    case, _words = open_report()
    client = signed_in(gijs)
    filled = {"reference": case.reference, "name": "begin_triage", "pk": case.pk}
    tried = 0
    for name, wanted in staff_pages():
        if not set(wanted) <= set(filled):
            continue
        url = reverse(name, kwargs={word: filled[word] for word in wanted})
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in (403, 404, 405), url
            assert "zeppelinhal" not in answer.content.decode()
        tried += 1

    assert tried > 8
    assert client.get("/api/v1/cases").status_code in (200, 403)
    assert case.reference not in client.get("/api/v1/cases").content.decode()
