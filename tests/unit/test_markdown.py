"""Officers' Markdown on a page: what they meant, and nothing that could do harm."""

import pytest

from tracker.markdown import render


def test_emphasis_lists_quotes_and_links_come_through():
    html = render("**Much** and *more*\n\n- one\n- two\n\n> said\n\n[here](https://example.org)")
    assert "<strong>Much</strong> and <em>more</em>" in html
    assert html.count("<li>") == 2
    assert "<blockquote>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer">here</a>' in html


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
    html = render(text).lower()
    for harm in ("<script", "<img", 'href="javascript', 'href="data', "<h1", "<a style", " style="):
        if harm == " style=":
            assert "<a href" not in html or harm not in html
        else:
            assert harm not in html
