"""The product as it is run: made ready, filled and served by its own commands.

Knows nothing of its inside: an instance folder, a few settings and the commands are all.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PASSWORD = "four words that nobody guesses"
TODAY = "2017-03-15"
#: Seconds that a server may take until it answers, on a machine that does other work too.
PATIENCE = 60


def settings(instance: Path) -> dict[str, str]:
    """Return the environment of a demonstration in a folder of its own."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("TRACKER_")}
    return inherited | {
        "TRACKER_INSTANCE": str(instance),
        "TRACKER_DEMO": "1",
        "TRACKER_TODAY": TODAY,
        "TRACKER_DEMO_PASSWORD": PASSWORD,
    }


def flask(*arguments: str) -> list[str]:
    """Return a command of the product."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]


def prepare(instance: Path) -> None:
    """Make a demonstration in an empty folder, as `make demo` does."""
    for command in ("prepare", "load-demo"):
        subprocess.run(
            flask(command), cwd=ROOT, env=settings(instance), check=True, capture_output=True
        )


class Server:
    """A demonstration that is served for as long as the context lasts."""

    def __init__(self, template: Path, instance: Path) -> None:
        shutil.copytree(template, instance)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._said = instance / "server.log"
        self._process = _start(self.port, settings(instance), self._said)

    def __enter__(self) -> Self:
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while not _answers(self.url):
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server did not start:\n{self._said.read_text()}")
            time.sleep(0.1)

    def _stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)


def _start(port: int, environment: Mapping[str, str], said: Path) -> "subprocess.Popen[bytes]":
    command = flask("serve", "--port", str(port), "--workers", "1")
    with said.open("wb") as log:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/ready", timeout=5) as reply:
            return bool(reply.status == 200)
    except (URLError, OSError):
        return False


def pattern_of(address: str) -> str:
    """Return an address with its ids left out: the same for all pages of one kind.

    >>> pattern_of("/actions/46?page=2#story")
    '/actions/*'
    """
    return re.sub(r"\d+", "*", re.split(r"[?#]", address)[0])
