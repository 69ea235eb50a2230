"""Files through the real web server: in pieces, in ranges, never half as if whole."""

import http.client
import json
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from cases.models import LooseFile
from tests import evidence
from tests.bench.evidence import measured
from tests.servers import program_env

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proof(house, open_report):
    """The receipt of somebody who may read her files back."""
    _case, code = open_report(when=timezone.now(), rereads=True)
    return {"Authorization": f"Receipt {code}"}


@pytest.fixture
def ask(house, proof):
    """Ask the web server as the reporter."""

    def send(method, path, body=None, **headers):
        line = http.client.HTTPConnection(urlsplit(house.url).netloc, timeout=20)
        line.request(method, f"/api/v1/mailbox/{path}", body, proof | headers)
        return closing(line), line.getresponse()

    return send


@pytest.fixture
def sent(ask):
    """A recording that was sent; gives its bytes and where they are."""
    sound = evidence.sound(40)
    parts = {"file": evidence.sent("opname.wav", sound)}
    body = encode_multipart(BOUNDARY, parts)
    line, answer = ask("POST", "files", body, **{"Content-Type": MULTIPART_CONTENT})
    with line:
        told = json.loads(answer.read())
        assert answer.status == 201, told
    return sound, f"files/{told['id']}/content"


def test_file_comes_back_whole_and_in_part(ask, sent):
    sound, path = sent
    line, answer = ask("GET", path)
    with line:
        assert answer.read() == sound
    line, answer = ask("GET", path, Range="bytes=500000-600000")
    with line:
        assert answer.status == 206
        assert answer.read() == sound[500_000:600_001]


def test_file_that_goes_wrong_halfway_does_not_end_as_if_it_were_whole(
    house, ask, sent
):
    """The connection breaks off: the browser was told how much would come."""
    sound, path = sent
    [file] = list((Path(house.folder) / "state" / "evidence").glob("*"))
    damaged = bytearray(file.read_bytes())
    damaged[900_000] ^= 1
    file.write_bytes(damaged)

    line, answer = ask("GET", path)

    with line:
        assert answer.status == 200
        assert answer.headers["Content-Length"] == str(len(sound))
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()
    log = (Path(house.folder) / "log" / "web.log").read_text()
    assert "opname" not in log


@pytest.mark.nightly
def test_memory_does_not_grow_with_what_is_uploaded(lindeveen, bram, tmp_path):
    """Four hundred megabytes leave no more behind than one: 20 MB at most."""
    env = program_env(WEERBAAR_STATE=str(tmp_path))

    taken = measured("sealed", 8, 50_000_000, env)

    assert taken["peak"] - taken["before"] < 20


def test_upload_that_breaks_off_is_no_file(house, proof):
    """The telephone loses its signal in the middle: nothing of it stays."""
    head = (
        "--x\r\nContent-Disposition: form-data; name=file; filename=opname.wav\r\n\r\n"
    )
    body = evidence.sound(40)
    folder = Path(house.folder) / "state" / "evidence"
    with closing(http.client.HTTPConnection(urlsplit(house.url).netloc)) as line:
        line.putrequest("POST", "/api/v1/mailbox/files")
        for name, value in (
            *proof.items(),
            ("Content-Type", "multipart/form-data; boundary=x"),
            ("Content-Length", str(len(body))),
        ):
            line.putheader(name, value)
        line.endheaders(head.encode() + body[:800_000])
        # It was being sealed already, and nothing of it stands there in clear.
        house.worker.wait_for(lambda: any(folder.glob("*")))
        [begun] = folder.glob("*")
        assert b"WAVE" not in begun.read_bytes()

    house.worker.wait_for(lambda: not any(folder.glob("*")))
    # The row that told of it goes right after the file.
    house.worker.wait_for(lambda: not LooseFile.objects.exists())
