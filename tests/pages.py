"""A browser for tests: it posts forms as a person would, and reads pages as one does.

Every page that is fetched is held to the rules that all pages have.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse


@dataclass(frozen=True)
class Page:
    """A reply, with what a person would read of it."""

    response: TestResponse

    @property
    def status(self) -> int:
        """HTTP status."""
        return self.response.status_code

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.response.headers.get("Location", "")

    @property
    def body(self) -> str:
        """The page's source."""
        return self.response.get_data(as_text=True)

    @property
    def tree(self) -> html.HtmlElement:
        """The page, parsed."""
        return html.fromstring(self.body)

    @property
    def text(self) -> str:
        """What stands on the page, blanks folded."""
        return " ".join(self.tree.text_content().split())

    @property
    def title(self) -> str:
        """The h1."""
        return " ".join(self.tree.findtext(".//h1", "").split()) or " ".join(
            self.tree.find(".//h1").text_content().split()
        )

    def error(self, field: str) -> str:
        """Return the message beside a field; empty if there is none."""
        found = self.tree.xpath(f'//*[@id="{field}-error"]')
        words = " ".join(found[0].text_content().split()) if found else ""
        return words.removeprefix("Error:").strip()

    def value(self, field: str) -> str:
        """Return what stands in a field."""
        found = self.tree.xpath(f'//*[@name="{field}"]')
        if found and found[0].tag == "textarea":
            return (found[0].text or "").removeprefix("\n")
        return found[0].get("value", "") if found else ""

    def links(self) -> set[str]:
        """Return the addresses of the page's own links."""
        return {href for href in self.tree.xpath("//a/@href") if href.startswith("/")}


class Client:
    """A browser with one session."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def request(self, method: str, path: str, **arguments: Any) -> Page:
        """Send a request as it is: no token is added, no page is checked."""
        return Page(self._client.open(path, method=method, **arguments))

    def get(self, path: str, **arguments: Any) -> Page:
        """Fetch a page and hold it to the rules of all pages."""
        page = self.request("GET", path, **arguments)
        if page.response.mimetype == "text/html" and page.status < 300:
            check_page(page)
        return page

    def post(self, path: str, *, keep_hidden: bool = True, **fields: Any) -> Page:
        """Fill in the form at a path and send it.

        Hidden fields are taken from the form as a browser would; a field given as ``None`` is
        left out.
        """
        hidden = self.hidden(path) if keep_hidden else {}
        data = {name: value for name, value in {**hidden, **fields}.items() if value is not None}
        return self.request("POST", path, data=data)

    def send(self, path: str, **fields: Any) -> Page:
        """Post fields with nothing but a valid token, for routes that only take posts."""
        token = self.token()
        return self.request("POST", path, data={"csrf_token": token, **fields})

    def token(self) -> str:
        """Return this session's token against forged posts."""
        return self.hidden("/account/password").get("csrf_token", "")

    def hidden(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the page's own form."""
        page = self.request("GET", path)
        if page.response.mimetype != "text/html":
            return {}
        found = page.tree.xpath('//main//input[@type="hidden"]')
        return {field.get("name"): field.get("value", "") for field in found}

    def form_fields(self, path: str) -> dict[str, Any]:
        """Return the page's largest form as a browser would send it unchanged."""
        forms = self.request("GET", path).tree.xpath("//main//form")
        form = max(forms, key=lambda one: len(one.fields))
        found: dict[str, list[str]] = {}
        for name, value in form.form_values():
            found.setdefault(name, []).append(value)
        return found

    def resume(self, identity: str) -> None:
        """Go on with a session that was begun now, of a person and their session version."""
        moment = datetime.now(UTC).timestamp()
        with self._client.session_transaction() as session:
            session.update(_user_id=identity, _fresh=True, began=moment, seen=moment)

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in."""
        return self.post("/sign-in", email=email, password=password)


def check_page(page: Page) -> None:
    """Hold a page to the rules that all pages have."""
    tree, source = page.tree, page.body
    headings = tree.xpath("//h1")
    assert len(headings) == 1, "one h1 a page"
    title = " ".join(tree.findtext(".//title").split())
    assert title.startswith(page.title), f"title {title!r} begins with the h1 {page.title!r}"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), f"unique ids: {sorted(i for i in ids if ids.count(i) > 1)}"
    assert not tree.xpath("//@style"), "no inline style"
    assert not tree.xpath("//script[not(@src) and not(@type='application/json')]"), (
        "no inline script"
    )
    assert not tree.xpath("//@*[starts-with(name(), 'on')]"), "no inline handlers"
    assert not tree.xpath("//th[not(@scope)]"), "every table header has a scope"
    assert not re.search(r"\{[{%]", source), "no unrendered template"
    _check_labels(tree)


def _check_labels(tree: html.HtmlElement) -> None:
    labelled = set(tree.xpath("//label/@for"))
    for control in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = control.get("id") in labelled or control.get("aria-label")
        assert named, f"a label for {control.get('name')}"
