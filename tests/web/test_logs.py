"""Lines of the log say what failed and where, in nobody's words (SEC-5, ASVS 16)."""

import io
import logging
import logging.config
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from tests.servers import Worker

WORDS = "Zij stonden bij de zeppelinhal"


@pytest.fixture
def lines() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """What the log of production gets, and what a plain one would have got."""
    kept, plain = (
        logging.StreamHandler(io.StringIO()),
        logging.StreamHandler(io.StringIO()),
    )
    form = settings.LOGGING["formatters"]["line"]
    kept.setFormatter(logging.config.DictConfigurator({}).configure_formatter({**form}))
    root = logging.getLogger()
    for handler in (plain, kept):
        root.addHandler(handler)
    yield kept.stream, plain.stream
    for handler in (plain, kept):
        root.removeHandler(handler)


@pytest.mark.urls("tests.web.sample")
def test_fault_in_a_view_tells_no_word_of_the_post(lines, settings) -> None:
    """Not in the log and not by mail; where it went wrong is told."""
    settings.ADMINS = [("Gijs", "gijs@platform.example")]
    kept, plain = lines

    answer = Client(raise_request_exception=False).post("/fout/", {"story": WORDS})

    assert answer.status_code == 500
    log = kept.getvalue()
    assert WORDS in plain.getvalue()
    assert WORDS not in log
    assert "builtins.ValueError" in log
    assert "builtins.KeyError" in log
    assert re.search(r"tests/web/sample\.py:\d+ mistake", log)
    assert mail.outbox == []


def test_line_has_its_moment_in_utc_and_stays_one_line(lines) -> None:
    kept, _plain = lines
    logging.getLogger("django.request").warning(
        "Not Found: %s", "/x\r\n2026-01-01T00:00:00Z ERROR root \x1b[31mforged"
    )

    [line] = kept.getvalue().splitlines()
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING django\.request ", line)
    assert r"\r\n2026" in line
    assert r"\x1b[31m" in line


@pytest.mark.django_db
def test_refused_handler_is_named_by_id_and_a_reporter_is_not(
    lines, signed_in, esma
) -> None:
    """Failed authorisation is logged with who, what and when (ASVS 16.3.2)."""
    kept, _plain = lines
    assert signed_in(esma).get("/zaken/").status_code == 403
    assert Client().get("/melden/stap/9/").status_code == 404

    refused, missing = kept.getvalue().splitlines()
    assert refused.endswith(f"Forbidden: /zaken/ by {esma.pk}")
    assert missing.endswith("Not Found: /melden/stap/9/")


def test_exception_among_the_arguments_is_told_by_its_kind(lines) -> None:
    kept, plain = lines
    logging.getLogger("anything").error("It failed: %s", ValueError(WORDS))

    assert WORDS in plain.getvalue()
    assert "It failed: ValueError" in kept.getvalue()
    assert WORDS not in kept.getvalue()


@pytest.mark.django_db(transaction=True)
def test_task_that_fails_tells_no_word_either(celery_worker: Worker) -> None:
    """The worker's own lines: Celery would tell the exception, which quotes the id."""
    from weerbaar.celery import app

    log = celery_worker.child.log
    sent = app.send_task("notices.mail", ["zeppelinhal"]).id
    told = rf" ERROR .*notices\.mail\[{sent}\].*\nbuiltins\.ValueError\n  .*\n"

    celery_worker.wait_for(lambda: re.search(told, log.read_text()))

    assert "zeppelinhal" not in log.read_text()
