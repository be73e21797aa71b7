"""Page objects kept in memory under the version of what they were made from.

A page is a pure function of the ledger's heads, its date and its audience, so a kept one
is right for as long as its key is asked for: no time-outs, no invalidation.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Page = TypeVar("Page")


class Kept(Generic[Page]):
    """A bounded store; the page that was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Page]) -> Page:
        """Return the page under the key, making it if it is not there."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        page = make()
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return page

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
