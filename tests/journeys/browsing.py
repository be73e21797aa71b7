"""People in a browser: they sign in, fill in forms by their labels, and notice what goes wrong."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import environ
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.journeys.serving import PASSWORD

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: What a browser says of a page that came with an error's status; the page itself is asserted.
_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()


def installed_chromium() -> str | None:
    """Return where Chromium is: what CHROMIUM says, else what the machine has."""
    found = (shutil.which(name) for name in BROWSERS)
    return environ.get("CHROMIUM") or next((path for path in found if path), None)


@dataclass
class Visitor:
    """One person's browser; whatever its console says is kept.

    :param noticed: messages of the console and errors of scripts, refusals by the
        Content-Security-Policy among them.
    """

    site: str
    context: BrowserContext
    page: Page
    noticed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda failed: self.noticed.append(str(failed.error)))

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        is_the_page = message.page is not None and where == message.page.url
        if not (is_the_page and _ANSWERED.match(message.text)):
            self.noticed.append(f"{message.type}: {message.text} ({where})")

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, who: str) -> "Visitor":
        """Sign in as one of the demonstration's accounts: officer, police, chair ..."""
        page = self.go("/sign-in")
        page.get_by_label("Email address").fill(f"{who}@demonstration.example")
        page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")
        assert page.get_by_role("button", name="Sign out").is_visible()
        return self

    def press(self, name: str) -> None:
        """Press a button that leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the first link of a name, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    @property
    def notices(self) -> str:
        """What the page says has just happened."""
        return self.page.locator(".notice").first.inner_text()

    def error(self, label: str) -> str:
        """Return the message beside a field."""
        described = self.page.get_by_label(label, exact=True).first
        ids = (described.get_attribute("aria-describedby") or "").split()
        found = next(one for one in ids if one.endswith("-error"))
        return self.page.locator(f"#{found}").inner_text().removeprefix("Error:").strip()


@contextmanager
def visiting(browser: Browser, site: str, **options: Any) -> Iterator[Visitor]:
    """Open a browser of its own; nothing may have been said on its console at the end."""
    context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB", **options})
    context.set_default_timeout(15_000)
    visitor = Visitor(site, context, context.new_page())
    try:
        yield visitor
        assert not visitor.noticed, "\n".join(visitor.noticed)
    finally:
        context.close()


def text_of(page: Page) -> str:
    """Return what stands in the page's main part, blanks folded."""
    return " ".join(page.locator("main").inner_text().split())


def barriers(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and its best practice, or against some rules."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": _STANDARDS}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
    found = _AXE.run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def fits(page: Page) -> bool:
    """Whether a page keeps to the width of its window: it does not scroll sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return bool(width <= page.evaluate("document.documentElement.clientWidth"))
