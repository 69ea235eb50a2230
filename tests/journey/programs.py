"""The journey through the programs' door alone: no page, no browser, no cookie.

A program knows the names of the operations from the description, which the API itself
hands out, and ids from what was answered. It makes up no address.
"""

import http.client
import json
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

ROOT = "/api/v1"
DESCRIPTION = "/openapi.json"


class Answer(NamedTuple):
    """What came back: the content, and the headers beside it."""

    content: Any
    headers: Any


@dataclass
class Program:
    """A program with its key: a personal token, a receipt, or none at all."""

    url: str
    key: str = ""
    marks: dict[str, str] = field(default_factory=dict)

    def ask(self, operation: str, **ids: Any) -> Any:
        """What a reading operation of the description answers."""
        return self._call(operation, ids).content

    def do(self, operation: str, body: Any = None, **ids: Any) -> Any:
        """What a writing operation answers to this."""
        return self._call(operation, ids, body).content

    def change(self, operation: str, reading: str, body: Any, **ids: Any) -> Any:
        """Change what was just read, and nothing that somebody changed since."""
        version = self._call(reading, ids).headers["ETag"]
        return self._call(operation, ids, body, {"If-Match": version}).content

    @cached_property
    def _described(self) -> dict[str, tuple[str, str]]:
        """Operation → method and path, as the API itself describes them."""
        paths = self._send("GET", DESCRIPTION).content["paths"]
        return {
            operation["operationId"]: (method.upper(), path)
            for path, methods in paths.items()
            for method, operation in methods.items()
            if method != "parameters"
        }

    def _call(
        self,
        operation: str,
        ids: dict[str, Any],
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        method, path = self._described[operation]
        return self._send(method, path.format(**ids), body, headers)

    def _send(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        sent = {"Content-Type": "application/json", **self.marks, **(headers or {})}
        if self.key:
            sent["Authorization"] = self.key
        with closing(http.client.HTTPConnection(urlsplit(self.url).netloc)) as line:
            line.request(method, ROOT + path, json.dumps(body) if body else None, sent)
            answer = line.getresponse()
            content = answer.read()
        assert answer.status < 300, (method, path, answer.status, content.decode())
        return Answer(json.loads(content) if content else None, answer.headers)
