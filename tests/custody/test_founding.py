"""The ceremony: made in memory, shared out on paper, pinned, and gone."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.custody import stage
from weerbaar.accounts import trust
from weerbaar.accounts.models import Membership
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.custody import services
from weerbaar.custody.models import Ceremony, Holder, Purpose
from weerbaar.custody.paper import share_paper
from weerbaar.notices.models import Notice
from weerbaar.vault.core import Secret, Tampered
from weerbaar.vault.models import Endorsement, Grant, Key, KeyKind
from weerbaar.vault.shares import join_shares, read_share, split_secret
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db
HANDLES = Permission.HANDLE_CASES
ROOT = Secret.from_bytes(bytes(range(32)))


@pytest.fixture
def fresh(lindeveen, bram, sanne):
    """Lindeveen as it has just been added: people with a vault, and no root."""
    Endorsement.objects.all().delete()
    stage.unpin(lindeveen)
    return lindeveen


def handlers(place):
    return trust.endorsed(place, HANDLES, timezone.localdate())


def finish(client, **words):
    return client.post(reverse("root-people"), {"alone": "1", **words})


def words_of(user):
    number = Membership.objects.get(user=user).pk
    return {f"words_{number}": stage.six_words(user)}


def test_ceremony_from_begin_to_pin(fresh, bram, sanne, signed_in, now) -> None:
    client = signed_in(bram)
    assert handlers(fresh) == []

    assert stage.begin(client, fresh).url == reverse("root-share")
    papers = stage.write_down(client)
    assert client.get(reverse("root-share")).url == reverse("root-people")
    done = finish(client, **words_of(sanne))

    page = client.get(done.url).content.decode()
    root = join_shares([read_share(papers[2]), read_share(papers[0])])
    assert Key.objects.get(kind=KeyKind.ROOT, pk=root.public.id)
    assert str(root.public.id) in page
    assert "Er kan nog geen melding binnenkomen" in page
    # Nobody counts until the administrator has pinned the key, and then all do.
    assert handlers(fresh) == []
    stage.pin(fresh, root.public.id)
    assert handlers(fresh) == [bram, sanne]
    assert "in gebruik" in client.get(reverse("root")).content.decode()


def test_root_is_nowhere_after_the_ceremony(fresh, bram, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)
    papers = stage.write_down(client)
    finish(client)

    assert not Ceremony.objects.exists()
    assert settings.CEREMONY_COOKIE_NAME not in {
        name for name, morsel in client.cookies.items() if morsel.value
    }
    root = Holder.objects.get(number=1).root
    assert not Grant.objects.filter(key=root).exists()
    for session in Session.objects.all():
        assert papers[0].split()[5] not in str(session.get_decoded())


def test_row_of_a_ceremony_holds_no_word_and_opens_with_both_halves_only(
    fresh, bram, sanne, signed_in, keyring_of
) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)
    words = stage.words_shown(client)
    row = Ceremony.objects.get()
    cookie = client.cookies[settings.CEREMONY_COOKIE_NAME].value
    asked = {"by": bram, "keyring": keyring_of(bram), "now": timezone.now()}

    _row, state = services.resume(Purpose.FOUNDING, cookie, **asked)
    # What the test could have found stands in the state, and not in the row.
    assert words[7] in state["shares"][0]
    assert words[7].encode() not in bytes(row.sealed)
    for wrong in (
        {**asked, "keyring": keyring_of(sanne)},
        {**asked, "by": sanne},
        {**asked, "now": timezone.now() + timedelta(minutes=61)},
    ):
        with pytest.raises(services.CeremonyOver):
            services.resume(Purpose.FOUNDING, cookie, **wrong)
    for other in ("", "A" * 43):
        with pytest.raises(services.CeremonyOver):
            services.resume(Purpose.FOUNDING, other, **asked)


def test_ceremony_ends_by_stopping_and_after_an_hour(fresh, bram, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)
    client.post(reverse("root-stop"))
    assert not Ceremony.objects.exists()
    assert client.get(reverse("root-share")).status_code == 409

    stage.begin(client, fresh)
    assert services.expire(now=timezone.now() + timedelta(minutes=59)) == 0
    assert services.expire(now=timezone.now() + timedelta(minutes=61)) == 1


def test_share_is_shown_to_its_holder_only_once(fresh, bram, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)

    assert "ck-words" not in client.get(reverse("root-share")).content.decode()
    first = stage.words_shown(client)
    wrong = stage.type_back(client, ["academic"] * 33)
    assert wrong.status_code == 200
    assert stage.words_shown(client) == first
    stage.type_back(client, first)

    second = stage.words_shown(client)
    assert second != first
    assert read_share(" ".join(second)).number == 2


def test_paper_is_an_accessible_pdf_with_the_words(fresh, bram, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)
    words = stage.words_shown(client)

    answer = client.get(reverse("root-paper"))

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    with pikepdf.open(BytesIO(answer.content)) as made:
        catalogue = made.Root
        assert str(catalogue.Lang) == "nl-NL"
        assert bool(catalogue.MarkInfo.Marked)
        assert str(made.docinfo["/Title"]).startswith("Deel 1 van de hoofdsleutel")
        assert bool(catalogue.ViewerPreferences.DisplayDocTitle)
        with made.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
        tags = set(_tags(catalogue.StructTreeRoot.K))
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= tags
        fonts = [font for page in made.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("FiraSans" in str(font.BaseFont) for font in fonts)
        assert len(made.pages) == 1
    assert len(words) == 33


def test_paper_is_made_for_every_name() -> None:
    signs = "".join(map(chr, range(0x20, 0x180)))
    for name in (signs, "Łucja Żółć", "Ω 张 😀", "a\u202eb\x00", "#sys.inputs *x* ]"):
        holder = services.HolderChoice(name, name)
        words = tuple(split_secret(ROOT, threshold=2, many=3)[0].words)
        turn = services.InHand(1, 3, 2, holder, words, (1, 2, 3))

        made = share_paper("Gemeente Súdwest-Fryslân", turn, factories.SINCE)

        with pikepdf.open(BytesIO(made)) as paper:
            assert len(paper.pages) == 1


def _tags(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _tags(node.K)


@pytest.mark.parametrize(
    "filled",
    [
        {"name_2": "bram visser"},
        {"duty_2": "Griffier"},
        {"name_3": ""},
        {"duty_1": ""},
        {"person_1": ""},
    ],
)
def test_holders_are_different_people_in_different_roles(
    fresh, bram, signed_in, filled
) -> None:
    answer = stage.begin(signed_in(bram), fresh, **filled)

    assert answer.status_code == 200
    assert not Ceremony.objects.exists()


def test_service_refuses_holders_alike(fresh, bram, keyring_of, now) -> None:
    asked = {"by": bram, "keyring": keyring_of(bram), "now": now}
    alike = [stage.CHOICES[0], stage.CHOICES[0], stage.CHOICES[2]]

    with pytest.raises(services.HoldersAlike):
        services.begin_founding(fresh, "2-3", alike, **asked)
    with pytest.raises(services.HoldersAlike):
        services.begin_founding(fresh, "3-5", stage.CHOICES, **asked)


def test_holder_of_the_list_is_kept_as_a_person(fresh, bram, sanne, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh, person_2=str(sanne.pk), name_2="")
    stage.write_down(client)
    finish(client)

    found = services.holders_of(fresh)
    assert [h.person for h in found] == [None, sanne, None]
    assert found[1].name == sanne.name


def test_holders_are_signed_by_the_root(fresh, bram, sanne, signed_in) -> None:
    from weerbaar.custody.services.holders import check_holders

    client = signed_in(bram)
    stage.begin(client, fresh, person_2=str(sanne.pk))
    stage.write_down(client)
    finish(client)
    found = services.holders_of(fresh)
    check_holders(found, found[0].root.public_key)

    found[1].person = None
    with pytest.raises(Tampered):
        check_holders(found, found[0].root.public_key)


def test_wrong_six_words_end_nothing(fresh, bram, sanne, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)
    stage.write_down(client)
    number = Membership.objects.get(user=sanne).pk

    for wrong in (stage.six_words(bram), "vijf woorden", "zomaar"):
        answer = finish(client, **{f"words_{number}": wrong})
        assert answer.status_code == 200

    assert not Holder.objects.exists()
    assert Ceremony.objects.exists()


def test_who_is_absent_is_endorsed_later(fresh, bram, sanne, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)
    papers = stage.write_down(client)
    finish(client)
    stage.pin(fresh, join_shares([read_share(p) for p in papers[:2]]).public.id)

    assert handlers(fresh) == [bram]


def test_key_swapped_in_the_database_ends_the_ceremony(
    fresh, bram, noor, signed_in
) -> None:
    """The row of Bram's person names another key than his vault opens."""
    client = signed_in(bram)
    stage.begin(client, fresh)
    stage.write_down(client)
    other = noor.key
    noor.key = None
    noor.save()
    type(bram).objects.filter(pk=bram.pk).update(key=other)

    answer = finish(client)

    assert answer.status_code == 400
    assert not Holder.objects.exists()


def test_open_cases_are_granted_to_the_root(
    lindeveen, bram, open_report, signed_in
) -> None:
    case, _words = open_report()
    Grant.objects.filter(holder__kind=KeyKind.ROOT).delete()
    Endorsement.objects.all().delete()
    stage.unpin(lindeveen)
    client = signed_in(bram)
    stage.begin(client, lindeveen)
    stage.write_down(client)

    finish(client)

    root = Holder.objects.get(number=1).root
    assert Grant.objects.filter(key_id=case.case_key_id, holder=root).exists()


def test_second_root_is_refused(lindeveen, bram, signed_in) -> None:
    assert stage.begin(signed_in(bram), lindeveen).status_code == 409
    assert not Ceremony.objects.exists()


def test_of_two_ceremonies_at_once_the_first_that_ends_stands(
    fresh, bram, sanne, signed_in
) -> None:
    one, other = signed_in(bram), signed_in(sanne)
    for client in (one, other):
        stage.begin(client, fresh)
        stage.write_down(client)

    assert finish(one).status_code == 302
    kept = list(Holder.objects.values_list("root"))
    assert finish(other).status_code == 409
    assert list(Holder.objects.values_list("root")) == kept


def test_until_it_is_pinned_it_can_be_made_anew(fresh, bram, signed_in) -> None:
    client = signed_in(bram)
    for _time in range(2):
        stage.begin(client, fresh)
        stage.write_down(client)
        finish(client)

    assert Holder.objects.count() == 3
    assert Key.objects.filter(kind=KeyKind.ROOT).count() >= 2


def test_colleagues_are_told_and_it_is_an_event(fresh, bram, sanne, signed_in) -> None:
    client = signed_in(bram)
    stage.begin(client, fresh)
    stage.write_down(client)
    finish(client)

    assert Event.objects.filter(kind=Kind.ROOT_FOUNDED, actor_id=bram.pk).exists()
    told = Notice.objects.filter(kind=Kind.ROOT_FOUNDED)
    assert [n.recipient for n in told] == [sanne]
    assert told.get().url == reverse("root")


@pytest.mark.parametrize("who", ["gijs", "femke", "chris"])
def test_nobody_else_guides_a_ceremony(fresh, who, request, keyring_of, now) -> None:
    stranger = request.getfixturevalue(who)

    with pytest.raises(NotAllowed):
        services.begin_founding(
            fresh,
            "2-3",
            stage.CHOICES,
            by=stranger,
            keyring=keyring_of(stranger),
            now=now,
        )


def test_signing_in_leads_to_the_ceremony_where_no_root_is(
    fresh, bram, signed_in
) -> None:
    client = signed_in(bram)

    assert client.get(reverse("vault-open")).url == reverse("root")
    factories.found_root(fresh)
    assert client.get(reverse("vault-open")).url == reverse("worklist")


def test_form_lists_only_organisations_that_can_receive(
    fresh, kromwaard, client
) -> None:
    listed = client.get(reverse("api-organisations"))

    assert [o["name"] for o in listed.json()["results"]] == [kromwaard.name]
    refused = client.get("/melden/lindeveen/")
    assert refused.status_code == 409
    assert "070-373 83 14" in refused.content.decode()
    assert client.get("/melden/kromwaard/").status_code == 200
    assert client.get("/melden/bestaat-niet/").status_code == 404


def test_old_password_alone_never_opens_a_ceremony_from_a_backup(
    fresh, bram, signed_in, keyring_of
) -> None:
    """A dump taken in that hour, and Bram's password much later: nothing."""
    stage.begin(signed_in(bram), fresh)

    with pytest.raises(services.CeremonyOver):
        services.resume(
            Purpose.FOUNDING,
            "",
            by=bram,
            keyring=keyring_of(bram),
            now=timezone.now(),
        )


def test_beat_knows_the_sweep() -> None:
    from weerbaar.celery import app

    app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE["expire-ceremonies"]["task"] in app.tasks
