"""A document survives the way to JSON and back without a difference."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.document import (
    Bullets,
    Chart,
    Column,
    CoverRow,
    Distribution,
    Document,
    Markdown,
    Paragraph,
    Section,
    Slice,
    StatusLine,
    StatusWord,
    Table,
)
from tracker.domain.document_json import from_json, to_json
from tracker.domain.ledger import canonical
from tracker.domain.vocabulary import Status

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.builds(StatusWord, st.sampled_from(Status), texts)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | texts
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
blocks = st.one_of(
    st.builds(Paragraph, texts, st.sampled_from(["text", "lead", "note"])),
    st.builds(Markdown, texts),
    st.builds(Bullets, st.lists(texts, max_size=3).map(tuple), texts),
    st.builds(StatusLine, words, texts),
    st.builds(
        Table,
        texts,
        st.lists(st.builds(Column, texts, st.booleans(), st.integers(1, 9)), max_size=2).map(tuple),
        st.lists(st.lists(texts | words, max_size=2).map(tuple), max_size=2).map(tuple),
    ),
    st.builds(
        Distribution,
        texts,
        st.lists(st.builds(Slice, st.sampled_from(Status), texts, st.integers(0)), max_size=2).map(
            tuple
        ),
    ),
    st.builds(Chart, texts, texts, st.dictionaries(texts, plain, max_size=3)),
)
some_blocks = st.lists(blocks, max_size=3).map(tuple)
leaves = st.builds(Section, texts, some_blocks)
sections = st.builds(Section, texts, some_blocks, st.lists(leaves, max_size=2).map(tuple))
documents = st.builds(
    Document,
    title=texts,
    marking=texts,
    is_draft=st.booleans(),
    footer=texts,
    cover=st.lists(st.builds(CoverRow, texts, texts), max_size=2).map(tuple),
    sections=st.lists(sections, max_size=2).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
)


def numbers_in(value):
    if isinstance(value, dict):
        return [n for inner in value.values() for n in numbers_in(inner)]
    if isinstance(value, list):
        return [n for inner in value for n in numbers_in(inner)]
    return [value]


@given(documents)
def test_a_document_comes_back_as_it_was(document):
    text = canonical(to_json(document))
    assert from_json(json.loads(text)) == document
    assert canonical(to_json(from_json(json.loads(text)))) == text


@given(documents)
def test_the_text_holds_no_float(document):
    assert not any(isinstance(value, float) for value in numbers_in(to_json(document)))


def test_a_picture_may_hold_a_float_and_keeps_its_last_digit():
    figure = {"layout": {"width": 700, "range": [0.1, 1 / 3]}}
    document = Document("T", "OFFICIAL", True, "", (), (Section("S", (Chart("A", "B", figure),)),))
    stored = to_json(document)
    assert stored["sections"][0]["blocks"][0]["figure"]["layout"]["range"][0] == {"$float": "0.1"}
    block = from_json(stored).sections[0].blocks[0]
    assert block.figure["layout"]["range"][1] == 1 / 3


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes"])
def test_a_picture_of_anything_else_is_refused(value):
    document = Document("T", "O", True, "", (), (Section("S", (Chart("A", "B", {"x": value}),)),))
    with pytest.raises(TypeError, match="a picture cannot hold"):
        to_json(document)


def test_a_picture_with_no_number_is_stored_as_text_and_not_as_broken_json():
    document = Document(
        "T", "O", True, "", (), (Section("S", (Chart("A", "B", {"x": math.inf}),)),)
    )
    assert json.loads(canonical(to_json(document)))
