"""What journeys share: a browser, a demonstration that is served, and people who visit it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browsing import ARGUMENTS, Visitor, installed_chromium, visiting
from tests.journeys.serving import Server, prepare

HERE = Path(__file__).parent
Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey as one that needs a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker; each visitor has a context of their own in it."""
    path = installed_chromium()
    if path is None:
        pytest.fail("The browser tests need Chromium: install chromium or google-chrome.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the demonstration as it is loaded; never served itself."""
    folder = tmp_path_factory.mktemp("demonstration") / "instance"
    prepare(folder)
    return folder


@pytest.fixture(scope="module")
def site(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration that only the tests of one module change."""
    with Server(template, tmp_path_factory.mktemp("served") / "instance") as server:
        yield server.url


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visit]:
    """Let somebody visit the site: an account's name, or nobody; options of the browser."""
    with ExitStack() as visits:

        def begin(who: str | None = None, **options: Any) -> Visitor:
            visitor = visits.enter_context(visiting(chromium, site, **options))
            return visitor.sign_in(who) if who else visitor

        yield begin
