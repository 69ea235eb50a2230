"""A house with something behind every operation, and who may ask for it."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from aftercare import services as aftercare
from cases import services as cases
from cases.models import Case
from intake import services as intake
from referrals import services as referrals
from referrals.models import Partner, Referral
from tests.cast import PASSWORD
from tests.network.agenda import name, propose
from tests.stories.stage import TEXT
from weerbaar.accounts.models import User
from weerbaar.network import services
from weerbaar.stories import services as stories
from weerbaar.stories.checklist import CODES
from weerbaar.stories.models import Edition
from weerbaar.stories.services.sealing import Way
from weerbaar.stories.services.sending import post
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.people import make_token, open_with_password
from weerbaar.web.management.commands.openapi import document

BASE = "/api/v1"
PROBLEM = "application/problem+json"
MULTIPART = "multipart/form-data"
NOBODY = "7b1f0f6e-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Operation:
    """One operation of the description: its method, address and what it says."""

    method: str
    path: str
    told: dict[str, Any] = field(hash=False)

    def __str__(self) -> str:
        return str(self.told["operationId"])

    @property
    def takes_body(self) -> bool:
        return "requestBody" in self.told

    @property
    def is_public(self) -> bool:
        return {} in self.told["security"]

    @property
    def is_of_reporter(self) -> bool:
        return any("receipt" in scheme for scheme in self.told["security"])

    @property
    def takes_file(self) -> bool:
        return self.takes_body and MULTIPART in self.told["requestBody"]["content"]

    def example(self) -> Any:
        """The body that the description shows."""
        [content] = self.told["requestBody"]["content"].values()
        return content["examples"]["Voorbeeld"]["value"]

    def packed(self, body: Any) -> tuple[bytes, str]:
        """A body as it travels, and what it says that it is."""
        if isinstance(body, bytes) or not self.takes_file:
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            return raw, "application/json"
        file = SimpleUploadedFile("brief.txt", b"Hij stond er weer.")
        parts = {name: file if name == "file" else str(v) for name, v in body.items()}
        return encode_multipart(BOUNDARY, parts), MULTIPART_CONTENT


@cache
def described() -> dict[str, Any]:
    """The description as it is served."""
    return dict(json.loads(document()))


def operations() -> list[Operation]:
    """Every operation of the description."""
    return [
        Operation(method, path, told)
        for path, methods in described()["paths"].items()
        for method, told in methods.items()
    ]


@dataclass
class World:
    """Anna's case in the assessment, with a referral at the desk and check-ins."""

    case: Case
    receipt: str
    referral: Referral
    values: dict[str, dict[str, str]]
    tokens: dict[str, str]

    def address(self, operation: Operation, **other: str) -> str:
        """Where the operation is, for what stands in this world."""
        return BASE + operation.path.format(**self.parameters(operation) | other)

    def parameters(self, operation: Operation) -> dict[str, str]:
        """What the address names, of what stands in this world."""
        known = self.values[""]
        for beginning, own in self.values.items():
            if beginning and operation.path.startswith(beginning):
                known = known | own
        asked = re.findall(r"{(\w+)}", operation.path)
        return {name: known[name] for name in asked}

    def headers(self, operation: Operation) -> dict[str, str]:
        """What proves that one may ask, and what else a header has to say."""
        found = {"Authorization": self._proof(operation)}
        for parameter in operation.told.get("parameters", ()):
            if parameter["in"] == "header" and parameter["name"] == "If-Match":
                found["If-Match"] = "*"
        return {name: value for name, value in found.items() if value}

    def _proof(self, operation: Operation) -> str:
        if operation.is_public:
            return ""
        if operation.is_of_reporter:
            return f"Receipt {self.receipt}"
        who = {"/desk": "esma", "/releases": "femke"}
        who |= {"/themes": "lotte", "/activities": "femke"}
        who |= {"/stories": "femke", "/editions": "femke"}
        beginning = "/" + operation.path.split("/")[1]
        return f"Bearer {self.tokens[who.get(beginning, 'bram')]}"

    def ask(
        self, operation: Operation, body: Any = None, *, address: str = "", **more: Any
    ) -> Any:
        """Ask it as a program does, with the body of the example; then undo it all."""
        headers = self.headers(operation) | more.pop("headers", {})
        if operation.takes_body and body is None:
            body = operation.example()
        visitor = Client(raise_request_exception=False)
        packed, kind = operation.packed(body)
        with transaction.atomic():
            answer = visitor.generic(
                operation.method.upper(),
                address or self.address(operation),
                packed,
                content_type=more.pop("content_type", kind),
                headers={name: value for name, value in headers.items() if value},
            )
            transaction.set_rollback(True)
        return answer


def token(person: User) -> str:
    """A personal token, made as its page makes it."""
    assert person.key is not None
    secret = open_with_password(person.key, PASSWORD)
    today = timezone.localdate()
    return make_token(person.key, secret, label="proef", today=today)


def begin_world(
    reported: tuple[Case, str],
    people: dict[str, User],
    keyring: Keyring,
    desk_keyring: Keyring,
    editor_keyring: Keyring,
) -> World:
    """Everything that the operations speak of, made through the services."""
    (case, receipt), now = reported, timezone.now()
    bram, esma = people["bram"], people["esma"]
    doing: dict[str, Any] = {"by": bram, "keyring": keyring, "now": now}
    cases.step(case, "begin_triage", **doing)
    task = cases.make_task(case, "Bel.", due_on=_later(now), **doing)
    asked = _refer(case, "support_team_nwb", receipt, doing)
    doing_there: dict[str, Any] = {"by": esma, "keyring": desk_keyring, "now": now}
    referrals.receive(asked, **doing_there)
    referrals.accept(asked, by=esma, now=now)
    answer = referrals.answer(asked, text="Wij bellen haar.", **doing_there)
    access = intake.enter(receipt, now=now)
    plan = aftercare.offer(case, by=bram, now=now)
    plan = aftercare.respond_to_offer(
        plan, accept=True, by=access.by, keyring=access.keyring, now=now
    )
    check_in = plan.check_ins.first()
    wanted = cases.ask(case, "export", "De rechtbank vraagt het.", **doing)
    proposed, activity = _agenda(people, now)
    published, waiting = _editions(people["femke"], editor_keyring, now)
    assert check_in is not None
    values = {
        "": {"reference": case.reference, "id": NOBODY, "name": "wishes", "code": "t2"},
        "/organisations": {"id": str(case.organisation_id)},
        "/cases/{reference}/commitments": {"id": str(task.pk)},
        "/cases/{reference}/approvals": {"id": str(wanted.pk)},
        "/approvals": {"id": str(wanted.pk)},
        "/referrals": {"id": str(asked.pk), "answer": str(answer.pk)},
        "/desk/referrals": {"id": str(asked.pk)},
        "/check-ins": {"id": str(check_in.pk)},
        "/themes": {"id": str(proposed.pk)},
        "/activities": {"id": str(activity.pk)},
        "/stories": {"id": str(published.pk)},
        "/editions": {"id": str(waiting.pk)},
        "/mailbox/check-ins": {"id": str(check_in.pk)},
        "/mailbox/consents": {"id": str(asked.pk)},
    }
    tokens = {name: token(person) for name, person in people.items()}
    return World(case, receipt, asked, values, tokens)


def _later(now: datetime) -> Any:
    return timezone.localdate(now) + timedelta(days=3)


def _agenda(people: dict[str, User], now: datetime) -> tuple[Any, Any]:
    """A theme of Lotte's that waits, and an activity of one that was named."""
    lotte, femke, year = people["lotte"], people["femke"], now.year
    proposed = propose(lotte, now, year=year, topic="", title="Online haat")
    named = propose(lotte, now, year=year)
    activity = services.commit_money(
        name(named, people["olaf"], by=femke, now=now),
        title="Avonden",
        aim="Oefenen.",
        euros=10,
        by=femke,
        now=now,
    )
    return proposed, activity


def _editions(editor: User, keyring: Keyring, now: datetime) -> list[Any]:
    """A story that is published, and one that waits, as their parcels came in."""
    doing: dict[str, Any] = {"by": editor, "keyring": keyring, "now": now}
    for _number in range(stories.together()):
        post(TEXT, way=Way.new(), now=now)
    stories.take_out(**doing)
    first, second, *_more = Edition.objects.waiting()
    return [stories.publish(first, points=CODES, **doing), second]


def _refer(case: Case, partner: str, receipt: str, doing: dict[str, Any]) -> Referral:
    """A referral that the reporter agreed to and that was sent."""
    draft = referrals.Draft(["summary"], {"summary": "Zij wil graag praten."})
    proposed = referrals.propose(
        case, Partner.objects.get(code=partner, region=""), draft=draft, **doing
    )
    access = intake.enter(receipt, now=doing["now"])
    referrals.consent(proposed, by=access.by, keyring=access.keyring, now=doing["now"])
    return referrals.send(proposed, **doing)
