"""Figures that a page displays, and each one's way to its explanation.

A figure's way is the link that it is or holds; else one in its row, its table's caption, or the
head of its section. A link in another row of the same table is no way.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

#: Where a page displays figures: cells, facts, bars, counts, the sentence it opens with.
_PLACES = " | ".join(
    f".//{tag}[contains(concat(' ', @class, ' '), ' {name} ')]{below}"
    for tag, name, below in (
        ("td", "num", ""),
        ("span", "facts__fig", ""),
        ("figcaption", "dist__title", ""),
        ("ul", "dist__key", "/li"),
        ("span", "counts__words", ""),
        ("p", "verdict", ""),
        ("p", "progress-line", ""),
    )
)
#: Rows that say themselves who stored the value, when, in which state and version.
_EXPLAINED_IN_PLACE = "cmp--points"
_NUMBER = re.compile(r"[+\u2212]?\d+(?:,\d{3})*(?:\.\d+)?%?")
_OWN = ".//a[starts-with(@href, '/explain/')]"

Element = html.HtmlElement
Fetch = Callable[[str], tuple[int, Element]]


@dataclass(frozen=True)
class Figure:
    """A figure as a page displays it.

    :param ways: addresses of its explanation, the nearest first; empty where there is none.
    :param is_link: whether the figure itself is the link.
    :param is_near: whether the first way stands in its own row, or in the figure.
    """

    text: str
    ways: tuple[str, ...]
    is_link: bool
    is_near: bool

    @property
    def numbers(self) -> set[str]:
        """The numbers in it."""
        return numbers_in(self.text)


def numbers_in(text: str) -> set[str]:
    """Return the numbers of a text as they are written, signs and percent among them."""
    return set(_NUMBER.findall(text))


def figures_of(tree: Element) -> Iterator[Figure]:
    """Yield every figure that a page displays."""
    main = tree.get_element_by_id("main")
    for node in main.xpath(_PLACES):
        if _is_figure(node):
            yield from _read(node)


def troubles(tree: Element, fetch: Fetch) -> list[str]:
    """Return what is wrong with the figures of a page: nothing where each one is explained.

    A paper counts more than the pages do (shares of weaknesses, entries of the ledger): there
    the numbers of those rows alone are looked up that are about an item or a partner.
    """
    is_paper = bool(tree.xpath("//main/div[@class='paper']"))
    return [
        trouble
        for figure in figures_of(tree)
        for trouble in _troubles_of(figure, fetch, is_compared=figure.is_near or not is_paper)
    ]


def _troubles_of(figure: Figure, fetch: Fetch, *, is_compared: bool) -> list[str]:
    if not figure.ways:
        return [f"{figure.text!r} has no way to an explanation"]
    way = figure.ways[0]
    path, anchor = _parts(way)
    status, page = fetch(path)
    if status != 200:
        return [f"{figure.text!r} leads to {way}, which answers {status}"]
    place = page.xpath(f'//*[@id="{anchor}"]') if anchor else [page.get_element_by_id("main")]
    if not place:
        return [f"{figure.text!r} leads to {way}, where there is no such figure"]
    within = place[0] if figure.is_link else page.get_element_by_id("main")
    missing = _unknown(figure.numbers, within.text_content()) if is_compared else []
    return [f"{figure.text!r}: {way} knows no {number}" for number in missing]


def _unknown(numbers: set[str], text: str) -> list[str]:
    """Return the numbers that a text lacks; words may say a sign: "25 worse" of -25."""
    known = numbers_in(text)
    unsigned = {number.lstrip("+\u2212") for number in known}
    return sorted(number for number in numbers if number not in known | unsigned)


def _parts(way: str) -> tuple[str, str]:
    parts = urlsplit(way)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path, parts.fragment


def _is_figure(node: Element) -> bool:
    """Whether a place shows a number that does not explain itself in place."""
    is_in_place = bool(node.xpath(f"ancestor::table[contains(@class, '{_EXPLAINED_IN_PLACE}')]"))
    return bool(_NUMBER.search(_text(node))) and not is_in_place


def _read(node: Element) -> Iterator[Figure]:
    """Yield the figures of one place: each link in it that is one, else the place as a whole."""
    own = [link for link in node.xpath(_OWN) if _NUMBER.search(_text(link))]
    for link in own:
        yield Figure(_text(link), (link.get("href"),), is_link=True, is_near=True)
    if not own:
        near = tuple(_near(node))
        ways = (*near, *_around(node))
        yield Figure(_text(node), ways, is_link=False, is_near=bool(near))


def _near(node: Element) -> Iterator[str]:
    """Yield the addresses of explanations in a figure's place and in its row, nearest first."""
    yield from _hrefs(node, "ancestor-or-self::a[starts-with(@href, '/explain/')] | " + _OWN)
    holders = "ancestor::*[self::tr or self::li or self::figure or self::div[parent::dl]]"
    for holder in node.xpath(holders):
        yield from _hrefs(holder, _OWN)


def _around(node: Element) -> Iterator[str]:
    """Yield those in its table's caption, its section's head, or the opening of its page."""
    for table in node.xpath("ancestor::table[1]"):
        yield from _hrefs(table, "./caption" + _OWN[1:])
    sections = node.xpath("ancestor::section")
    for section in reversed(sections):
        yield from _hrefs(section, "./div[contains(@class, 'section__head')]" + _OWN[1:])
        yield from _hrefs(section, "./p" + _OWN[1:])
    if not sections:
        opening = "//main/div/*[not(self::section) and not(preceding-sibling::section)]"
        for part in node.xpath(opening):
            yield from _hrefs(part, "descendant-or-self::*[not(ancestor::tr)]" + _OWN[1:])


def _hrefs(node: Element, path: str) -> list[str]:
    return [link.get("href") for link in node.xpath(path)]


def _text(node: Element) -> str:
    return " ".join(node.text_content().split())
