"""Twenty files of 50 MB through the page that takes them, sealed and merely copied.

A process of its own for each, so that its peak of memory is its own. The body is made
while it is read: nothing of it stands in memory, as behind a web server.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from tests.bench.measuring import Line, paired

FILES, SIZE = 20, 50_000_000
STEP = "/melden/stap/4/"
BOUNDARY = "bestanden"
# What a film begins with; the rest is noise that nothing can make smaller.
FILM = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41"
NOISE = os.urandom(1 << 20)
ROUNDS = 3
PHOTO_ROUNDS = 10


class Body(io.RawIOBase):
    """A multipart body of so many files, made as it is read."""

    def __init__(self, files: int, size: int) -> None:
        super().__init__()
        self._pieces = self._made(files, size)
        self._rest = b""
        self.length = sum(map(len, self._made(files, size)))

    @staticmethod
    def _made(files: int, size: int) -> Iterator[bytes]:
        yield (
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; "
            'name="attach"\r\n\r\n1\r\n'
        ).encode()
        for number in range(files):
            yield (
                f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
                f'"attachments"; filename="film{number}.mp4"\r\n\r\n'
            ).encode()
            yield FILM
            left = size - len(FILM)
            while left:
                piece = NOISE[:left]
                left -= len(piece)
                yield piece
            yield b"\r\n"
        yield f"--{BOUNDARY}--\r\n".encode()

    def read(self, size: int = -1, /) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        got, self._rest = self._rest[:size], self._rest[size:]
        return got


def peak_of_memory() -> float:
    """The most that this process ever held, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1000


def upload(files: int, size: int) -> dict[str, float]:
    """Send the files to the page; what it took of processor, time and memory."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client

    client = Client()
    client.post("/melden/vooraf/")
    for number, answers in (
        ("1", {"organisation": "lindeveen"}),
        ("2", {}),
        ("3", {"groups": ["threat_intimidation"]}),
    ):
        client.post(f"/melden/stap/{number}/", answers)
    client.get(STEP)
    body = Body(files, size)
    environ = {
        **client._base_environ(PATH_INFO=STEP, REQUEST_METHOD="POST"),
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(body.length),
        "wsgi.input": body,
    }
    handler: Any = WSGIHandler()
    before = peak_of_memory()
    began, wall = time.process_time(), time.perf_counter()
    statuses: list[str] = []
    answer = handler(environ, lambda status, _headers, *_a: statuses.append(status))
    b"".join(answer)
    answer.close()
    assert statuses[0].startswith("302"), statuses
    return {
        "cpu": time.process_time() - began,
        "wall": time.perf_counter() - wall,
        "before": before,
        "peak": peak_of_memory(),
    }


class PlainCopy(FileUploadHandler):
    """Writes each file as it is into a folder: what sealing is compared with."""

    chunk_size = 256 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        folder = os.environ["WEERBAAR_STATE"]
        self._out = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._out.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        self._out.close()


def _child(kind: str, files: int, size: int) -> None:
    """One measurement, in this process; prints what came of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "weerbaar.settings"
    import django

    django.setup()
    from django.conf import settings

    # The token against forged forms is left out here, and only here.
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "Csrf" not in m]
    if kind == "plain":
        settings.FILE_UPLOAD_HANDLERS = ["tests.bench.evidence.PlainCopy"]
    print(json.dumps(upload(files, size)))


def measured(
    kind: str,
    files: int = FILES,
    size: int = SIZE,
    env: dict[str, str] | None = None,
) -> dict[str, float]:
    """One upload in a process of its own: seconds, and megabytes of memory."""
    program = [sys.executable, "-m", "tests.bench.evidence"]
    command = [*program, kind, str(files), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    state = Path((env or os.environ)["WEERBAAR_STATE"])
    for file in (state / "evidence").glob("*"):
        file.unlink()
    return found


def measure() -> Iterator[Line]:
    """1 GB through the page, in turn sealed and copied; and a report with a photo."""
    pairs = [(measured("sealed"), measured("plain")) for _i in range(ROUNDS)]
    sealed = min(pairs, key=lambda p: p[0]["cpu"])[0]
    plain = min(pairs, key=lambda p: p[1]["cpu"])[1]
    small = measured("sealed", 1, 1_000_000)
    gigabytes = FILES * SIZE / 1e9
    yield Line(f"{gigabytes:.0f} GB copied through the page", plain["cpu"] * 1000, "")
    yield Line(
        f"{gigabytes:.0f} GB sealed through the page",
        sealed["cpu"] * 1000,
        f"{sealed['cpu'] / plain['cpu']:.2f} x copying "
        f"(by the clock {sealed['wall'] / plain['wall']:.2f} x); peak of memory "
        f"{sealed['peak']:.0f} MB, {sealed['peak'] - small['peak']:.0f} MB more than "
        "for a file of 1 MB",
    )
    yield _with_a_photo()


def _with_a_photo() -> Line:
    """A whole report with a photo of 12 megapixels, against the same without."""
    from django.utils import timezone
    from PIL import Image

    from intake.services import Report, submit
    from tests.evidence import sealed_upload
    from weerbaar.accounts.models import Organisation

    made = io.BytesIO()
    Image.effect_noise((4000, 3000), 20).convert("RGB").save(made, "JPEG", quality=85)
    report = Report(organisation=Organisation.objects.get(slug="lindeveen"))

    def without() -> None:
        submit(report=report, now=timezone.now())

    def with_photo() -> None:
        from cases.services import take_in

        now = timezone.now()
        photo = sealed_upload("foto.jpg", made.getvalue())
        piece = take_in(photo, keep_original=True, now=now)
        submit(report=report, now=now, pieces=[piece])

    whole, _alone, ratio = paired(with_photo, without, PHOTO_ROUNDS)
    size = len(made.getvalue()) / 1e6
    return Line(
        f"an intake with a photo of {size:.1f} MB, cleaned",
        whole,
        f"{ratio:.1f} x an intake without",
    )


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
