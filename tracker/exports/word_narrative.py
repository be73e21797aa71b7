"""Officers' Markdown as Word paragraphs: bold, italic, lists, quotes and links, no more.

Whatever else Markdown knows comes down to its words: a heading becomes a bold line, code
and pictures their text, raw HTML what was typed.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tracker.exports.word_markup import hyperlink, paragraph, run, w
from tracker.exports.word_package import BULLETS_LIST, DEEPEST_LEVEL, LIST_INDENT, Parts

#: Word refuses to open a file with an address that is none, so only plain ones pass.
_ADDRESS = re.compile(
    r"(?:https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#]|$)|mailto:[^@/?#]+@[A-Za-z0-9.-]+$)"
    r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
)
_LONGEST_ADDRESS = 2_000

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def narrative(text: str, parts: Parts) -> list[Element]:
    """Turn Markdown into paragraphs; their links and lists are added to ``parts``."""
    reader = _Blocks(parts)
    for token in _MARKDOWN.parse(text):
        reader.take(token)
    return reader.paragraphs


@dataclass(slots=True)
class _Blocks:
    """Follows Markdown's blocks and sets each stretch of text as a paragraph."""

    parts: Parts
    paragraphs: list[Element] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    quotes: int = 0
    is_heading: bool = False
    is_item_start: bool = False

    def take(self, token: Token) -> None:
        """Note an opening or closing block, or set the text that it holds."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append(self._list_instance(token))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.is_item_start = True
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "heading_open" | "heading_close":
                self.is_heading = token.nesting == 1
            case "inline":
                self._set(_inline_runs(token, self.parts, is_bold=self.is_heading))
            case "fence" | "code_block":
                self._set([run(token.content.rstrip("\n"))])

    def _list_instance(self, token: Token) -> int:
        if token.type == "bullet_list_open":
            return BULLETS_LIST
        return self.parts.start_numbered_list(_first_number(token))

    def _set(self, runs: list[Element]) -> None:
        if runs:
            self.paragraphs.append(paragraph(self._style(), runs, *self._place()))
        self.is_item_start = False

    def _style(self) -> str:
        if self.lists and self.is_item_start:
            return "ListBullet" if self.lists[-1] == BULLETS_LIST else "ListNumber"
        if self.lists:
            return "ListContinue"
        if self.is_heading:
            return "ListLabel"
        return "Quote" if self.quotes else "BodyText"

    def _place(self) -> list[Element]:
        if not self.lists:
            return []
        level = min(len(self.lists) - 1, DEEPEST_LEVEL)
        if not self.is_item_start:
            return [w("ind", left=LIST_INDENT * (level + 1))]
        return [w("numPr", w("ilvl", val=level), w("numId", val=self.lists[-1]))]


def _first_number(token: Token) -> int:
    # Word counts in 16 bits.
    first = token.attrGet("start")
    return 1 if first is None else min(int(first), 32_767)


@dataclass(slots=True)
class _Line:
    """The runs of one paragraph; those inside a link gather in the link."""

    parts: Parts
    bold: int
    italic: int = 0
    runs: list[Element] = field(default_factory=list)
    link: Element | None = None

    def add(self, text: str) -> None:
        """Set text in the weight and slope that hold here."""
        style = "" if self.link is None else "Hyperlink"
        made = run(text, style, is_bold=self.bold > 0, is_italic=self.italic > 0)
        if self.link is None:
            self.runs.append(made)
        else:
            self.link.append(made)

    def open_link(self, address: str) -> None:
        """Start a link, unless the address is not one that Word can hold."""
        if len(address) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(address):
            self.link = hyperlink([], relationship=self.parts.add_address(address))
            self.runs.append(self.link)


def _inline_runs(inline: Token, parts: Parts, *, is_bold: bool) -> list[Element]:
    line = _Line(parts, bold=int(is_bold))
    for token in inline.children or []:
        match token.type:
            case "strong_open" | "strong_close":
                line.bold += token.nesting
            case "em_open" | "em_close":
                line.italic += token.nesting
            case "link_open":
                line.open_link(str(token.attrGet("href") or ""))
            case "link_close":
                line.link = None
            case "softbreak":
                line.add(" ")
            case "hardbreak":
                line.add("\n")
            case _:
                line.add(token.content)
    return line.runs
