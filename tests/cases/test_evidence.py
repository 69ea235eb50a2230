"""Files of a case: who opens them, what they no longer tell, and that they do go."""

import hashlib
import io
import uuid
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import storages
from django.test import Client

from cases import services
from cases.models import Attachment, LooseFile
from tests import evidence
from tests.api.world import token
from tests.intake.filling import text_of
from tests.scanner import EICAR, scanning
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.files import kinds
from weerbaar.files.cleaning import clean
from weerbaar.files.refused import Bomb
from weerbaar.vault.core import Tampered

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(open_report):
    made, _code = open_report()
    return made


@pytest.fixture
def add(case, signed_in, bram):
    """Bram adds a file on the page of the case; gives its row."""
    client = signed_in(bram)

    def send(name, content, **more):
        answer = client.post(
            f"/zaken/{case.reference}/bestanden/",
            {"attachments": evidence.sent(name, content), **more},
        )
        assert answer.status_code == 302, answer.content.decode()
        return case.attachments.last()

    return send


def content_of(client, case, attachment, what="inhoud", **headers):
    path = f"/zaken/{case.reference}/bestanden/{attachment.pk}/{what}/"
    return client.get(path, headers=headers)


def body_of(answer):
    return b"".join(answer.streaming_content)


def test_photo_no_longer_tells_where_it_was_made(case, add, signed_in, bram):
    photo = evidence.photo(turned=True)
    assert evidence.place_in(photo) == evidence.PLACE
    assert evidence.MAKER.encode() in photo

    attachment = add(evidence.NAME, photo)

    answer = content_of(signed_in(bram), case, attachment)
    clean = body_of(answer)
    assert evidence.place_in(clean) is None
    assert evidence.MAKER.encode() not in clean
    picture = evidence.Image.open(io.BytesIO(clean))
    assert picture.size == (480, 640)
    assert attachment.original is None
    assert LooseFile.objects.count() == 0


def test_pixels_of_a_lossless_picture_stay_as_they_are(case, add, signed_in, bram):
    made = io.BytesIO()
    before = evidence.Image.effect_noise((300, 200), 80).convert("RGB")
    exif = evidence.Image.Exif()
    exif[0x010F] = evidence.MAKER
    exif.get_ifd(0x8825)[2] = evidence.PLACE
    before.save(made, "PNG", exif=exif)
    assert evidence.place_in(made.getvalue()) == evidence.PLACE

    attachment = add("schermafdruk.jpg", made.getvalue())

    answer = content_of(signed_in(bram), case, attachment)
    clean = body_of(answer)
    assert evidence.place_in(clean) is None
    assert evidence.Image.open(io.BytesIO(clean)).tobytes() == before.tobytes()
    # Its name said JPEG; it gets the ending that fits.
    assert 'filename="schermafdruk.png"' in answer["Content-Disposition"]


def test_documents_no_longer_name_their_maker(case, add, signed_in, bram):
    client = signed_in(bram)
    letter, document = evidence.letter(), evidence.document(evidence.photo())
    with zipfile.ZipFile(io.BytesIO(document)) as pack:
        assert evidence.MAKER.encode() in pack.read("docProps/core.xml")

    pdf = body_of(content_of(client, case, add("brief.pdf", letter)))
    word = body_of(content_of(client, case, add("verslag.docx", document)))

    assert evidence.MAKER in str(pikepdf.open(io.BytesIO(letter)).docinfo)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert evidence.MAKER.encode() not in opened.Root.unparse(resolved=True)
        assert dict(opened.docinfo) == {}
        assert len(opened.pages) == 1
    assert evidence.MAKER.encode() not in pdf
    with zipfile.ZipFile(io.BytesIO(word)) as pack:
        assert pack.testzip() is None
        parts = {name: pack.read(name) for name in pack.namelist()}
        times = {part.date_time for part in pack.infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert evidence.WORDS.encode() in parts["word/document.xml"]
    assert not any(evidence.MAKER.encode() in part for part in parts.values())
    assert evidence.place_in(parts["word/media/image1.jpeg"]) is None


def test_untouched_file_is_kept_when_she_wants_it(case, add, signed_in, bram):
    """What the police need: the very bytes, their digest, and a look of its own."""
    photo, client = evidence.photo(), signed_in(bram)

    attachment = add(evidence.NAME, photo, keep_original="on")

    page = client.get(f"/zaken/{case.reference}/bestanden/{attachment.pk}/")
    assert hashlib.sha256(photo).hexdigest() in page.content.decode()
    assert body_of(content_of(client, case, attachment, "origineel")) == photo
    assert evidence.place_in(body_of(content_of(client, case, attachment))) is None
    looks = Event.objects.about(case.pk).filter(kind__startswith="file.")
    assert [e.kind for e in looks] == [
        Kind.FILE_ADDED,
        Kind.FILE_ORIGINAL_OPENED,
        Kind.FILE_OPENED,
    ]
    other = add("kort.wav", evidence.sound())
    assert content_of(client, case, other, "origineel").status_code == 404


@pytest.mark.parametrize("most", [79, 81])
def test_picture_that_is_huge_when_opened_is_refused(most):
    """A hundred kilobytes on disk, hundreds of megabytes in memory."""
    made = io.BytesIO()
    evidence.Image.new("L", (9_000, most * 1_000_000 // 9_000)).save(made, "PNG")
    assert len(made.getvalue()) < 200_000
    sink = io.BytesIO()

    if most > 80:
        with pytest.raises(Bomb):
            clean(kinds.PNG, made, sink)
        return
    clean(kinds.PNG, made, sink)
    assert evidence.Image.open(sink).size[0] == 9_000


def test_office_file_that_unpacks_without_end_is_refused():
    made = io.BytesIO(evidence.document())
    packed = zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED)
    with packed as pack, pack.open("word/huge.xml", "w") as part:
        for _i in range(52):
            part.write(bytes(10_000_000))
    assert len(made.getvalue()) < 1_000_000

    with pytest.raises(Bomb):
        clean(kinds.DOCX, made, io.BytesIO())


def test_harmful_file_is_refused_and_gone(case, signed_in, bram, settings):
    with scanning() as scanner:
        settings.CLAMD = scanner.address
        answer = signed_in(bram).post(
            f"/zaken/{case.reference}/bestanden/",
            {"attachments": evidence.sent("rekening.txt", b"Geachte\n" + EICAR)},
        )

    assert scanner.seen == [b"Geachte\n" + EICAR]
    shown = text_of(answer)
    assert "Onze virusscanner vond iets schadelijks in “rekening.txt”" in shown
    assert Attachment.objects.count() == LooseFile.objects.count() == 0


@pytest.mark.parametrize("answer", [None, b"INSTREAM size limit exceeded. ERROR\0"])
def test_file_is_kept_and_marked_when_the_scanner_gives_no_answer(
    case, add, signed_in, bram, settings, answer
):
    settings.CLAMD = "127.0.0.1:9"
    if answer is None:
        attachment = add("kort.wav", evidence.sound())
    else:
        with scanning(answer) as scanner:
            settings.CLAMD = scanner.address
            attachment = add("kort.wav", evidence.sound())

    page = signed_in(bram).get(f"/zaken/{case.reference}/bestanden/{attachment.pk}/")
    assert "de scanner gaf geen antwoord" in text_of(page)


def test_scanned_file_says_so_by_saying_nothing(case, add, signed_in, bram, settings):
    with scanning() as scanner:
        settings.CLAMD = scanner.address
        attachment = add("kort.wav", evidence.sound())
    page = signed_in(bram).get(f"/zaken/{case.reference}/bestanden/{attachment.pk}/")

    assert "virus" not in text_of(page)
    settings.CLAMD = ""
    unscanned = add("tweede.wav", evidence.sound())
    page = signed_in(bram).get(f"/zaken/{case.reference}/bestanden/{unscanned.pk}/")
    assert "niet op virussen gecontroleerd" in text_of(page)


def test_file_comes_as_a_download_that_cannot_run(case, add, signed_in, bram):
    answer = content_of(signed_in(bram), case, add("brief.pdf", evidence.letter()))

    assert answer["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Length"] == str(len(body_of(answer)))


RANGES = {
    "bytes=0-9": (206, slice(0, 10)),
    "bytes=20000-40000": (206, slice(20_000, 40_001)),
    "bytes=100000-": (206, slice(100_000, None)),
    "bytes=-500": (206, slice(-500, None)),
    "bytes=0-99999999": (206, slice(0, None)),
    "bytes=999999999-": (416, None),
    "bytes=9-3": (416, None),
    "bytes=-0": (416, None),
    # More than one, or another unit: the whole, which RFC 9110 allows.
    "bytes=0-1,5-6": (200, slice(0, None)),
    "lines=1-2": (200, slice(0, None)),
}


@pytest.mark.parametrize("asked", RANGES)
def test_sound_is_given_in_the_range_that_a_player_asks_for(
    case, add, signed_in, bram, asked
):
    sound = evidence.sound(10)
    attachment = add("opname.wav", sound)

    answer = content_of(signed_in(bram), case, attachment, Range=asked)

    status, part = RANGES[asked]
    assert answer.status_code == status
    if part is None:
        assert answer["Content-Range"] == f"bytes */{len(sound)}"
        return
    got = body_of(answer)
    assert got == sound[part]
    assert answer["Content-Length"] == str(len(got))
    if status == 206:
        start = part.indices(len(sound))[0]
        told = f"bytes {start}-{start + len(got) - 1}/{len(sound)}"
        assert answer["Content-Range"] == told


def test_a_film_watched_in_pieces_is_one_look(sanne, case, add, signed_in, bram):
    attachment, client = add("opname.wav", evidence.sound(10)), signed_in(bram)

    for start in range(0, 300_000, 50_000):
        body_of(content_of(client, case, attachment, Range=f"bytes={start}-"))
    body_of(content_of(signed_in(sanne), case, attachment))

    looks = Event.objects.filter(kind=Kind.FILE_OPENED, about_id=case.pk)
    assert [e.actor_id for e in looks] == [bram.pk, sanne.pk]
    shown = text_of(client.get(f"/zaken/{case.reference}/tijdlijn/"))
    assert "estand geopend" in shown


def test_only_who_holds_the_case_knows_of_its_files(
    case, add, signed_in, chris, gijs, client
):
    attachment = add(evidence.NAME, evidence.photo())
    here = f"/zaken/{case.reference}/bestanden/"
    paths = [here, f"{here}{attachment.pk}/", f"{here}{attachment.pk}/inhoud/"]

    assert [signed_in(chris).get(path).status_code for path in paths] == [404] * 3
    assert [signed_in(gijs).get(path).status_code for path in paths] == [403] * 3
    assert [client.get(path).status_code for path in paths] == [302] * 3
    sent = {"attachments": evidence.sent("x.wav", evidence.sound())}
    assert signed_in(chris).post(here, sent).status_code == 404
    assert case.attachments.count() == 1
    assert LooseFile.objects.count() == 0


def test_file_of_another_case_is_not_found(add, open_report, signed_in, bram):
    attachment = add(evidence.NAME, evidence.photo())
    other, _code = open_report()

    answer = content_of(signed_in(bram), other, attachment)

    assert answer.status_code == 404


def test_two_files_that_changed_places_do_not_open(case, add, signed_in, bram):
    client = signed_in(bram)
    one = add("een.wav", evidence.sound(5))
    other = add("twee.wav", evidence.sound(5))
    folder = Path(storages["evidence"].location)
    first, second = folder / str(one.blob), folder / str(other.blob)
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)

    with pytest.raises(Tampered):
        content_of(client, case, one)


def test_wrong_byte_in_the_middle_breaks_the_connection_off(case, add, signed_in, bram):
    """Later than the first piece there is no clean end: nobody takes it for whole."""
    client = signed_in(bram)
    attachment = add("opname.wav", evidence.sound(20))
    file = Path(storages["evidence"].location) / str(attachment.blob)
    damaged = bytearray(file.read_bytes())
    damaged[400_000] ^= 1
    file.write_bytes(damaged)

    answer = content_of(client, case, attachment)

    assert answer.status_code == 200
    got = b""
    with pytest.raises(Tampered):
        for piece in answer.streaming_content:
            got += piece
    answer.close()
    assert len(got) < int(answer["Content-Length"])


def test_two_descriptions_that_changed_places_do_not_open(case, add, bram, keyring_of):
    one, other = add("een.wav", evidence.sound()), add("twee.wav", evidence.sound())
    Attachment.objects.filter(pk=one.pk).update(sealed=other.sealed)

    with pytest.raises(Tampered):
        services.files_of(case, keyring_of(bram))


def test_files_lie_there_for_their_owner_only_and_without_a_name(add):
    attachment = add(evidence.NAME, evidence.photo(), keep_original="on")
    folder = Path(storages["evidence"].location)

    assert folder.stat().st_mode & 0o077 == 0
    for blob in (attachment.blob, attachment.original):
        file = folder / str(blob)
        assert file.stat().st_mode & 0o777 == 0o600
        content = file.read_bytes()
        assert content[0] == 1
        assert evidence.MAKER.encode() not in content
    assert (
        sum(
            (folder / str(b)).stat().st_size
            for b in (attachment.blob, attachment.original)
        )
        == attachment.stored_size
    )


def test_case_takes_no_more_than_fits(case, add, signed_in, bram, settings):
    add("een.wav", evidence.sound())
    settings.EVIDENCE_CASE_SIZE = 200_000
    client, here = signed_in(bram), f"/zaken/{case.reference}/bestanden/"

    full = client.post(
        here, {"attachments": evidence.sent("twee.wav", evidence.sound())}
    )

    assert full.status_code == 409
    assert "Er passen geen bestanden meer bij" in text_of(full)
    assert case.attachments.count() == 1
    assert LooseFile.objects.count() == 0


def test_files_of_a_draft_are_sent_once(case, bram, now):
    with pytest.raises(services.FilesGone):
        services.attach(case, [lost_piece()], by=bram, now=now)


def lost_piece():
    part = services.Part(uuid.uuid4(), "", 1, 1, "")
    return services.Piece("weg.wav", "audio/wav", part)


def test_files_go_with_their_case(
    case, add, bram, now, django_capture_on_commit_callbacks
):
    attachment = add(evidence.NAME, evidence.photo(), keep_original="on")
    names = {str(attachment.blob), str(attachment.original)}
    folder = Path(storages["evidence"].location)
    assert names <= {file.name for file in folder.iterdir()}

    with django_capture_on_commit_callbacks(execute=True):
        gone = services.drop_files(case, by=bram, now=now)

    assert gone == 1
    assert names.isdisjoint(file.name for file in folder.iterdir())
    assert LooseFile.objects.count() == Attachment.objects.count() == 0
    assert services.drop_files(case, by=bram, now=now) == 0


def test_program_adds_and_reads_a_file(case, bram, settings):
    program = Client(headers={"Authorization": f"Bearer {token(bram)}"})
    here = f"/api/v1/cases/{case.reference}/files"
    sound = evidence.sound()

    made = program.post(here, {"file": evidence.sent("opname.wav", sound)})

    assert made.status_code == 201, made.content
    told = made.json()
    assert told["name"] == "opname.wav"
    assert told["sha256"] == hashlib.sha256(sound).hexdigest()
    assert program.get(here).json()["results"] == [told]
    one = f"{here}/{told['id']}"
    assert body_of(program.get(f"{one}/content")) == sound
    part = program.get(f"{one}/content", headers={"Range": "bytes=4-7"})
    assert (part.status_code, body_of(part)) == (206, sound[4:8])
    assert program.get(f"{one}/original").status_code == 404
    settings.EVIDENCE_FILE_SIZE = 1000
    large = program.post(here, {"file": evidence.sent("opname.wav", sound)})
    assert large.status_code == 400
    assert "is groter dan" in large.json()["detail"]
    assert (
        Client().post(here, {"file": evidence.sent("a.wav", sound)}).status_code == 401
    )
    assert LooseFile.objects.count() == 0
