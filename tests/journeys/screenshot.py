"""Take the picture of the README: the demonstration's dashboard, the top of the page."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.browsing import ARGUMENTS, WIDE, installed_chromium, visiting
from tests.journeys.serving import Server, prepare


def take(target: Path, folder: Path) -> None:
    """Serve a demonstration from a folder and write what the chair sees first."""
    prepare(folder / "template")
    with (
        Server(folder / "template", folder / "instance") as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=installed_chromium(), args=ARGUMENTS) as browser,
        visiting(browser, server.url, viewport=WIDE, color_scheme="light") as visitor,
    ):
        visitor.sign_in("chair").go("/dashboard").screenshot(path=target)


def main() -> None:
    """Write the picture to the path that is given."""
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        take(target, Path(folder))


if __name__ == "__main__":
    main()
