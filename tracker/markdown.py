"""Officers' Markdown as HTML for a page: paragraphs, emphasis, lists, quotes and links.

Raw HTML is shown as typed, and what comes out is sanitised besides: two fences, not one.
Headings and pictures come down to their words, so that no text can upset the page around it.
"""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])


def render(text: str) -> Markup:
    """Return Markdown as HTML that cannot hold a script, a style or a picture."""
    html = _MARKDOWN.render(text)
    clean = nh3.clean(
        _headings_as_paragraphs(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 # nosec B704 - sanitised on the line above


def _headings_as_paragraphs(html: str) -> str:
    for level in range(1, 7):
        html = html.replace(f"<h{level}>", "<p><strong>").replace(f"</h{level}>", "</strong></p>")
    return html
