"""The same person without a browser: nothing but HTTP, and the forms of HTML."""

from collections.abc import Iterator
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    ProxyHandler,
    Request,
    build_opener,
)

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.journey.visiting import MENU, MISTAKE, Sight


class PlainVisitor:
    """Somebody whose browser knows links and forms, and runs nothing.

    `marks` are headers that every request carries. Redirects are followed as browsers
    do, and each address on the way is a sight of its own.
    """

    def __init__(
        self, who: str, home: str, sights: list[Sight], marks: dict[str, str]
    ) -> None:
        self.who = who
        self.sights = sights
        self.page = BeautifulSoup()
        self._home, self._address, self._marks = home, home, marks
        self._jar = CookieJar()
        # Field → the files that were chosen for it.
        self._chosen: dict[str, dict[str, bytes]] = {}
        way = _Way(self)
        keep = HTTPCookieProcessor(self._jar)
        self._opener = build_opener(ProxyHandler({}), keep, way)

    def arrive(self, address: str = "/", *, by: str = "") -> None:
        self._ask(urljoin(self._home, address), referer=by)

    def menu(self, words: str) -> None:
        menu = self.page.find("nav", attrs={"aria-label": MENU})
        self._ask(self._there(_named(menu, "a", words)["href"]))

    def follow(self, words: str, *, near: str = "") -> None:
        self._ask(self._there(_named(self._part(near), "a", words)["href"]))

    def press(self, words: str, *, near: str = "") -> None:
        self._submit(_named(self._part(near), "button", words))
        assert not self.page.select(MISTAKE), _text(self._part())

    def errs(self, words: str, told: str) -> None:
        self._submit(_named(self._part(), "button", words))
        assert told in " ".join(_text(found) for found in self.page.select(MISTAKE))

    def write(self, label: str, text: str) -> None:
        field = self._field(label, exact=False)
        if field.name == "textarea":
            field.string = text
        else:
            field["value"] = text

    def attach(self, label: str, **files: bytes) -> None:
        self._chosen[self._field(label, exact=False)["name"]] = files

    def choose(self, *labels: str) -> None:
        for label in labels:
            box = self._field(label, exact=True)
            if box["type"] == "radio":
                for other in box.find_parent("form").find_all(
                    attrs={"name": box["name"]}
                ):
                    del other["checked"]
            box["checked"] = ""

    def pick(self, label: str, choice: str) -> None:
        options = self._field(label, exact=False).find_all("option")
        for option in options:
            del option["selected"]
        _named(options[0].find_parent("select"), "option", choice)["selected"] = ""

    def copies(self, mark: str) -> str:
        return _text(self.page.select_one(mark))

    def tells(self, term: str) -> str:
        lines = self._part().select("dl > div")
        return _text(next(line for line in lines if term in _text(line)).dd)

    def reads(self, *texts: str) -> None:
        held = _text(self._part())
        for text in texts:
            assert " ".join(text.split()).lower() in held.lower(), (text, held)

    def never_reads(self, *texts: str) -> None:
        held = str(self.page).lower()
        for text in texts:
            assert text.lower() not in held, self._address

    def takes(self, words: str) -> bytes:
        address = self._there(_named(self._part(), "a", words)["href"])
        headers = {"Referer": self._address} | self._marks
        with self._opener.open(Request(address, headers=headers), timeout=20) as file:
            return bytes(file.read())

    def cookies(self) -> dict[str, str]:
        return {cookie.name: str(cookie.value) for cookie in self._jar}

    def _part(self, near: str = "") -> Tag:
        main = self.page.main
        if not near:
            return main
        items = main.find_all("li")
        return [li for li in items if near.lower() in _text(li).lower()][-1]

    def _field(self, label: str, *, exact: bool) -> Tag:
        """The field that the label is for."""
        for found in self._part().find_all("label"):
            said = _text(found).lower()
            if said == label.lower() or (not exact and label.lower() in said):
                return self.page.find(id=found["for"])
        raise AssertionError(f"no field “{label}” in: {_text(self._part())}")

    def _submit(self, button: Tag) -> None:
        """What a browser does with a form, as HTML says."""
        form = button.find_parent("form")
        said = [*_controls(form), *_said_by(button)]
        action = self._there(form.get("action") or self._address)
        if form.get("enctype") == MULTIPART_CONTENT.split(";")[0]:
            chosen, self._chosen = self._chosen, {}
            body = encode_multipart(BOUNDARY, _parts(said, chosen))
            self._ask(action, body, kind=MULTIPART_CONTENT)
            return
        filled = urlencode(said)
        if form.get("method", "get").lower() == "get":
            self._ask(f"{action}?{filled}")
        else:
            self._ask(action, filled.encode())

    def _there(self, href: str) -> str:
        return urljoin(self._address, href)

    def _ask(
        self,
        address: str,
        data: bytes | None = None,
        referer: str = "",
        kind: str = "application/x-www-form-urlencoded",
    ) -> None:
        headers = {"Referer": referer or self._address, "Accept-Language": "nl"}
        if data is not None:
            place = urlsplit(self._address)
            headers["Origin"] = f"{place.scheme}://{place.netloc}"
            headers["Content-Type"] = kind
        asked = Request(address, data, headers | self._marks)
        try:
            answer: Any = self._opener.open(asked, timeout=20)
        except HTTPError as refused:
            answer = refused
        with answer:
            self._address = answer.geturl()
            self.page = BeautifulSoup(answer.read(), "html5lib")
        title = _text(self.page.title)
        self.sights.append(Sight(self.who, self._address, title))
        assert answer.status == 200, (answer.status, self._address, title)


class _Way(HTTPRedirectHandler):
    """Follows, and notes where it was led."""

    def __init__(self, visitor: PlainVisitor) -> None:
        self._visitor = visitor

    def redirect_request(self, req: Any, *answer: Any) -> Request | None:
        address = answer[-1]
        self._visitor.sights.append(Sight(self._visitor.who, address, ""))
        return super().redirect_request(req, *answer)


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text().split()) if tag else ""


def _named(part: Tag, name: str, words: str) -> Tag:
    """The first element with these words that is not hidden until some script comes."""
    for found in part.find_all(name):
        if words.lower() in _text(found).lower() and not found.find_parents(
            hidden=True
        ):
            return found
    raise AssertionError(f"no {name} “{words}” in: {_text(part)}")


def _controls(form: Tag) -> Iterator[tuple[str, str]]:
    """The name and value of each control that counts."""
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or field.has_attr("disabled"):
            continue
        if field.name == "textarea":
            yield name, field.get_text()
        elif field.name == "select":
            options = field.find_all("option")
            chosen = [o for o in options if o.has_attr("selected")] or options[:1]
            yield from ((name, o.get("value", _text(o))) for o in chosen)
        elif field.get("type") == "file":
            continue
        elif field.get("type") not in {"checkbox", "radio"} or field.has_attr(
            "checked"
        ):
            yield name, field.get("value", "on" if field.has_attr("checked") else "")


def _parts(
    said: list[tuple[str, str]], chosen: dict[str, dict[str, bytes]]
) -> dict[str, Any]:
    """Fields and files of a form, as they travel together."""
    parts: dict[str, Any] = {}
    for name, value in said:
        parts.setdefault(name, []).append(value)
    for name, files in chosen.items():
        parts[name] = [SimpleUploadedFile(n, content) for n, content in files.items()]
    return parts


def _said_by(button: Tag) -> Iterator[tuple[str, str]]:
    if name := button.get("name"):
        yield name, button.get("value", "")
