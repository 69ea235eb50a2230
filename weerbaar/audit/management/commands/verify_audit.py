"""manage.py verify_audit: is the history still the one that was signed?"""

import email
import email.policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from weerbaar.audit.keys import KeyMissing, read_log_key
from weerbaar.audit.notes import NoVerifier, Verifier
from weerbaar.audit.services import Report, verify


class Command(BaseCommand):
    """Check the history of events."""

    help = (
        "Recompute the history of events and compare it with every signed checkpoint, "
        "and with one that was kept outside. Ends with 1 when anything is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            type=Path,
            metavar="FILE",
            help="a checkpoint kept outside: the text, or the mail as it was saved",
        )
        parser.add_argument(
            "--key",
            default="",
            help="the log's verifier key; otherwise AUDIT_VERIFIER, or the key here",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verifier, whose = self._verifier(options["key"])
        file = options["checkpoint"]
        report = verify(verifier, saved=_note_in(file) if file else "")
        self._tell(report, verifier, whose)
        if not report.findings.counts:
            self.stdout.write("Nothing was changed, removed, put in or moved.")
            return
        for finding in report.findings.told:
            self.stderr.write(str(finding))
        if report.findings.untold:
            self.stderr.write(f"And {report.findings.untold} more of the same kinds.")
        raise CommandError(
            f"The history is not what it was: {report.findings.counts.total()} faults."
        )

    def _verifier(self, given: str) -> tuple[Verifier, str]:
        try:
            if given:
                return Verifier.read(given), "the key that you gave"
            if settings.AUDIT_VERIFIER:
                return Verifier.read(settings.AUDIT_VERIFIER), "AUDIT_VERIFIER"
            own = "the key on this machine; who controls it could have replaced that"
            return read_log_key().verifier, own
        except NoVerifier as error:
            raise CommandError(str(error)) from error
        except KeyMissing as error:
            raise CommandError("Give the log's verifier key with --key.") from error

    def _tell(self, report: Report, verifier: Verifier, whose: str) -> None:
        self.stdout.write(
            f"{verifier.name}: {report.size} events in their places, and "
            f"{report.waiting} that wait for one."
        )
        self.stdout.write(
            f"{report.checkpoints} checkpoints fit, signed by {whose}."
            if report.checkpoints
            else "No checkpoint fits: only the rows were compared with each other."
        )
        if report.others:
            self.stdout.write(
                f"{report.others} checkpoints are of a log of another name, and were "
                "not used. Give its key with --key to check them."
            )


def _note_in(file: Path) -> str:
    """The checkpoint in a file, which may be a whole mail; line ends do not matter."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CommandError(f"This file cannot be read: {file}") from error
    text = raw.decode("utf-8", "replace")
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    if mail["From"]:
        body = mail.get_body(("plain",))
        text = body.get_content() if body else ""
    return text.replace("\r\n", "\n").strip("\n\ufeff") + "\n"
