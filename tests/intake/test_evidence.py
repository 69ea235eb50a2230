"""Files of the reporter: with the report, from the mailbox; nothing of them is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from cases.models import Attachment, LooseFile
from intake import services
from intake.models import CookieKind, SealedCookie
from tests import evidence
from tests.intake import filling
from tests.intake.filling import STORY
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.notices.models import Notice

pytestmark = pytest.mark.django_db
STEP = filling.step(4)


def attach(client, *files, **more):
    """Add files on the page of the story, and stay there."""
    sent = [evidence.sent(name, content) for name, content in files]
    return client.post(
        STEP, {"story": STORY, "attach": "1", "attachments": sent, **more}, follow=True
    )


def fill_with(client, *files, **more):
    """The whole form, with files on page 4."""
    filling.fill(client, s4={"story": STORY})
    assert attach(client, *files, **more).status_code == 200


def stored():
    """Names of what lies in the storage."""
    where = storages["evidence"]
    return where.listdir("")[1] if where.exists("") else []


@pytest.fixture(autouse=True)
def empty_folder():
    for name in stored():
        storages["evidence"].delete(name)


def test_files_travel_with_the_report(client, lindeveen, bram, signed_in):
    fill_with(
        client,
        (evidence.NAME, evidence.photo()),
        ("brief.pdf", evidence.letter()),
        ("Laatste keer.eml", evidence.mail()),
    )
    check = filling.text_of(client.get("/melden/controleren/"))
    assert evidence.NAME in check
    code = filling.send(client)

    assert Attachment.objects.count() == len(stored()) == 3
    assert LooseFile.objects.count() == 0
    assert Event.objects.filter(kind=Kind.FILE_ADDED).count() == 3
    case = Attachment.objects.first().case
    page = signed_in(bram).get(f"/zaken/{case.reference}/bestanden/")
    shown = filling.text_of(page)
    assert evidence.NAME in shown
    assert "Laatste keer.eml" in shown
    mailbox = filling.enter(client, code)
    assert "3 bestanden van u zijn aangekomen" in filling.text_of(mailbox)


def test_reporter_sees_that_they_came_and_not_what_is_in_them(client, lindeveen, bram):
    fill_with(client, (evidence.NAME, evidence.photo()))
    filling.enter(client, filling.send(client))

    page = client.get("/mijn-melding/bestanden/")

    attachment = Attachment.objects.get()
    assert "Bestand 1" in filling.text_of(page)
    assert evidence.NAME not in page.content.decode()
    got = client.get(f"/mijn-melding/bestanden/{attachment.pk}/")
    assert got.status_code == 403


def test_who_chose_to_reread_gets_her_file_back(client, lindeveen, bram, signed_in):
    filling.fill(client, s7={"anonymity": "anonymous", "may_reread": "on"})
    attach(client, (evidence.NAME, evidence.photo()))
    filling.enter(client, filling.send(client))
    attachment = Attachment.objects.get()

    got = client.get(f"/mijn-melding/bestanden/{attachment.pk}/")

    assert got.status_code == 200
    assert evidence.NAME in client.get("/mijn-melding/bestanden/").content.decode()
    assert b"".join(got.streaming_content).startswith(b"\xff\xd8")
    case = attachment.case
    content = f"/zaken/{case.reference}/bestanden/{attachment.pk}/inhoud/"
    whole = b"".join(signed_in(bram).get(content).streaming_content)
    assert evidence.place_in(whole) is None


def test_files_from_the_mailbox_are_sealed_to_a_case_she_cannot_open(
    client, lindeveen, bram, signed_in, keyring_of
):
    """Write without read: her receipt opens the dialogue only."""
    code = filling.report(client)
    filling.enter(client, code)

    sent = client.post(
        "/mijn-melding/bestanden/",
        {"attachments": [evidence.sent("opname.wav", evidence.sound())]},
        follow=True,
    )

    assert "Uw bestanden zijn aangekomen" in filling.text_of(sent)
    attachment = Attachment.objects.get()
    assert attachment.key_id == attachment.case.case_key_id
    assert attachment.added_by is None
    [found] = services_files(attachment.case, keyring_of(bram))
    assert found.piece.name == "opname.wav"
    [hers] = services.sent_files(services.unlock(code))
    assert hers.piece is None


def services_files(case, keyring):
    from cases.services import files_of

    return files_of(case, keyring)


def test_handlers_hear_of_files_once_for_all_that_came_together(
    client, lindeveen, bram
):
    """With the report they are told of the report; later, of the files."""
    fill_with(client, (evidence.NAME, evidence.photo()))
    filling.enter(client, filling.send(client))
    assert not Notice.objects.filter(kind=Kind.FILES_RECEIVED).exists()

    files = [evidence.sent(f"{n}.wav", evidence.sound()) for n in ("een", "twee")]
    client.post("/mijn-melding/bestanden/", {"attachments": files})

    [notice] = Notice.objects.filter(kind=Kind.FILES_RECEIVED)
    case = Attachment.objects.first().case
    assert (notice.recipient, notice.case_id) == (bram, case.pk)
    assert "een" not in notice.argument


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("lijst.exe", b"MZ\x90\0" + bytes(200), "geen soort bestand dat wij aannemen"),
        # A name is not believed.
        ("foto.jpg", b"MZ\x90\0" + bytes(200), "geen soort bestand dat wij aannemen"),
        ("pagina.txt", b"<html><script>alert(1)</script>", "geen soort bestand"),
        ("foto.heic", b"\0\0\0\x20ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("stuk.jpg", evidence.photo()[:4000], "beschadigd"),
    ],
    ids=["program", "program by another name", "page", "HEIC", "broken"],
)
def test_file_that_cannot_be_taken_is_told_and_the_rest_is_kept(
    client, lindeveen, bram, name, content, told
):
    filling.begin(client)
    for number in "123":
        client.post(filling.step(number), filling.LEAST[number])

    page = attach(client, ("brief.pdf", evidence.letter()), (name, content))

    shown = filling.text_of(page)
    assert name in shown
    assert told in shown
    assert STORY in shown
    assert "brief.pdf" in shown
    assert len(stored()) == 1


def test_too_large_file_is_turned_away_and_the_words_stay(
    client, lindeveen, bram, settings
):
    settings.EVIDENCE_FILE_SIZE = 1_000_000
    filling.begin(client)
    for number in "123":
        client.post(filling.step(number), filling.LEAST[number])

    page = attach(
        client, ("groot.wav", evidence.sound(60)), ("kort.wav", evidence.sound())
    )

    shown = filling.text_of(page)
    assert "“groot.wav” is groter dan 1 MB" in shown
    assert STORY in shown
    assert "kort.wav" in shown
    assert len(stored()) == 1


def test_more_files_than_fit_are_told(client, lindeveen, bram, settings):
    settings.EVIDENCE_FILES = 2
    fill_with(client, ("een.wav", evidence.sound()))

    page = attach(
        client, ("twee.wav", evidence.sound()), ("drie.wav", evidence.sound())
    )

    assert "“drie.wav” is niet toegevoegd: er passen ten hoogste 2" in (
        filling.text_of(page)
    )
    filling.send(client)
    assert Attachment.objects.count() == len(stored()) == 2


def test_file_is_taken_out_of_the_draft_and_gone(client, lindeveen, bram):
    fill_with(client, ("een.wav", evidence.sound()), ("twee.wav", evidence.sound()))
    [first, _second] = stored_in_order(client)

    page = client.post(STEP, {"story": STORY, "remove": first}, follow=True)

    assert "een.wav" not in filling.text_of(page)
    assert len(stored()) == LooseFile.objects.count() == 1
    filling.send(client)
    assert Attachment.objects.count() == 1


def stored_in_order(client):
    page = filling.soup(client.get(STEP))
    return [button["value"] for button in page.select("button[name=remove]")]


def test_without_a_draft_nothing_is_stored(lindeveen, bram):
    """Also not from another page, and not from who may not."""
    stranger = Client()
    photo = evidence.photo()

    answers = [
        stranger.post(path, {"attachments": evidence.sent("foto.jpg", photo)})
        for path in (STEP, "/mijn-melding/bestanden/", "/melden/vooraf/", "/inloggen/")
    ]

    assert {answer.status_code for answer in answers} <= {200, 302, 403, 410}
    assert stored() == []
    assert LooseFile.objects.count() == 0


def test_leaving_removes_the_files_at_once(client, lindeveen, bram):
    fill_with(client, (evidence.NAME, evidence.photo()))
    assert len(stored()) == 1

    client.get("/verlaten")

    assert stored() == []
    assert LooseFile.objects.count() == SealedCookie.objects.count() == 0


def test_files_of_a_draft_left_alone_are_removed(client, lindeveen, bram):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        fill_with(client, (evidence.NAME, evidence.photo()))
    with time_machine.travel(now + timedelta(minutes=50), tick=False):
        # Somebody is still there.
        client.get("/melden/blijven/")
    services.expire(now=now + timedelta(minutes=125))
    assert len(stored()) == 1

    services.expire(now=now + timedelta(minutes=171))
    services.expire(now=now + timedelta(minutes=172))

    assert stored() == []
    assert LooseFile.objects.count() == 0


def test_upload_that_breaks_off_leaves_nothing_behind(client, lindeveen, bram):
    """A body that ends in the middle of a file, as when the telephone loses signal."""
    fill_with(client)
    body = b"\r\n".join(
        [
            b"--x",
            b'Content-Disposition: form-data; name="attachments"; filename="a.wav"',
            b"",
            evidence.sound()[:9000],
        ]
    )

    client.post(STEP, body, content_type="multipart/form-data; boundary=x")

    assert stored() == []


def test_storage_that_fails_does_not_lose_the_story(
    client, lindeveen, bram, settings, tmp_path
):
    """A full or missing disk: said clearly, and the report goes on without the file."""
    filling.fill(client, s4={"story": STORY})
    (tmp_path / "evidence").write_text("no folder")
    with storage_at(settings, tmp_path / "evidence"):
        page = attach(client, (evidence.NAME, evidence.photo()))

    shown = filling.text_of(page)
    assert "kon niet worden bewaard" in shown
    assert STORY in shown
    assert filling.send(client)
    assert Attachment.objects.count() == 0


def storage_at(settings, folder):
    from django.test import override_settings

    other = {**settings.STORAGES, "evidence": {**settings.STORAGES["evidence"]}}
    other["evidence"]["OPTIONS"] = {"location": str(folder)}
    return override_settings(STORAGES=other)


def test_deletion_that_the_storage_refuses_is_tried_again(
    client, lindeveen, bram, settings, tmp_path
):
    fill_with(client, (evidence.NAME, evidence.photo()))
    (tmp_path / "evidence").write_text("no folder")
    with storage_at(settings, tmp_path / "evidence"):
        client.get("/verlaten")

    assert len(stored()) == LooseFile.objects.count() == 1
    services.expire(now=timezone.now())
    assert stored() == []
    assert LooseFile.objects.count() == 0


def test_draft_holds_the_key_and_the_database_does_not(client, lindeveen, bram):
    fill_with(client, (evidence.NAME, evidence.photo()))

    content = services.read(
        CookieKind.DRAFT, client.cookies["concept"].value, now=timezone.now()
    )

    [piece] = services.files_in(content)
    assert piece.name == evidence.NAME
    row = SealedCookie.objects.get()
    assert piece.file.key.encode() not in bytes(row.sealed)
    assert [f.name for f in LooseFile._meta.fields] == ["id", "touched_at"]
