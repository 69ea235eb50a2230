"""The website as gunicorn serves it in a test: the real application, two things around.

It lives by the clock of the house. And since no other process can look into its memory,
it tells at one address of its own what its cache holds, and who asked it for pages.
"""

import json
import pickle
import threading
from collections.abc import Callable, Iterable
from typing import Any

from tests.journey.clock import Follower
from tests.loopback import stay_on_this_machine

INSIDE = "/van-binnen/"
ASKED = ("REMOTE_ADDR", "HTTP_USER_AGENT", "HTTP_REFERER")
Environ = dict[str, Any]
Answer = Callable[..., Any]


class Served:
    """The application of the house with a clock, and one window into its memory."""

    def __init__(self, application: Callable[[Environ, Answer], Iterable[bytes]]):
        self._application = application
        self._clock = Follower()
        self._turn = threading.Lock()
        self._asked: dict[str, set[str]] = {name: set() for name in ASKED}

    def __call__(self, environ: Environ, answer: Answer) -> Iterable[bytes]:
        with self._turn:
            self._clock.look()
        if environ["PATH_INFO"] == INSIDE:
            return self._tell(environ, answer)
        # As a web server in front of ours hands the visitor's address on.
        if forwarded := environ.get("HTTP_X_FORWARDED_FOR"):
            environ["REMOTE_ADDR"] = forwarded
        for name, asked in self._asked.items():
            asked.add(environ.get(name, ""))
        return self._application(environ, answer)

    def _tell(self, environ: Environ, answer: Answer) -> Iterable[bytes]:
        """What is in memory; a POST puts something into the cache first."""
        from django.core.cache import cache

        if environ["REQUEST_METHOD"] == "POST":
            length = int(environ["CONTENT_LENGTH"])
            cache.set("put by a test", environ["wsgi.input"].read(length).decode())
        kept = {k: repr(pickle.loads(v)) for k, v in cache._cache.items()}  # type: ignore[attr-defined]  # noqa: S301
        asked = {name: sorted(found) for name, found in self._asked.items()}
        answer("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"cache": kept, "asked": asked}).encode()]


def serve() -> Served:
    """The application, for gunicorn."""
    from weerbaar.wsgi import application

    stay_on_this_machine()
    return Served(application)
