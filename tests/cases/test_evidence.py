"""Files of a case: who opens them, what they no longer tell, and that they do go."""

import io

import pytest

from cases.models import LooseFile
from tests import evidence

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
