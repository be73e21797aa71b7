"""Officers' Markdown on a page: what they meant, and nothing that could do harm."""

import pytest
from lxml import html

from tracker.markdown import render


def test_emphasis_lists_quotes_and_links_come_through():
    shown = render("**Much** and *more*\n\n- one\n- two\n\n> said\n\n[here](https://example.org)")
    assert "<strong>Much</strong> and <em>more</em>" in shown
    assert shown.count("<li>") == 2
    assert "<blockquote>" in shown
    assert '<a href="https://example.org" rel="noopener noreferrer">here</a>' in shown


def test_a_heading_comes_down_to_a_bold_line():
    assert render("# Loud").strip() == "<p><strong>Loud</strong></p>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/x.png)",
        '<a href="https://example.org" style="color:red">x</a>',
        "<h1>Title</h1>",
    ],
)
def test_nothing_that_runs_loads_or_styles_gets_through(text):
    tree = html.fragment_fromstring(render(text), create_parent="div")
    found = [element for element in tree.iter() if element is not tree]
    assert {element.tag for element in found} <= {"p", "a", "strong"}
    assert {name for element in found for name in element.attrib} <= {"href", "rel"}
    assert all(a.get("href", "").startswith("https://") for a in tree.iter("a") if a.get("href"))
