"""Folding makes typography equal and nothing else, and its map always leads back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_annot.model.fold import fold, is_bound

ALPHABET = "ab Zé'\"«»“”‘’-—–.…,;:!?()[]\n\f\t\xa0\u202f\u200b\u00ad\u200fﬁœe\u0301שלוםأ中文。，「」ـ1"
texts = st.text(st.sampled_from(ALPHABET), max_size=60)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("« Le mot », dit-il", '"Le mot", dit-il'),
        ("“She said ‘yes’”", "\"She said 'yes'\""),
        ("»Wort« und „Wort“", '"Wort" und "Wort"'),
        ("before — after", "before -- after"),
        ("before—after", "before --- after"),
        ("1914–1918", "1914-1918"),
        ("„Wort“ und “word”", ",,Wort'' und ``word''"),
        ("wait … what", "wait... what"),
        ("wait . . . what", "wait… what"),
        ("a\u00a0b\u202fc", "a b c"),
        ("in\u00adstru\u00admen\u00adtal", "instrumental"),
        ("\ufeffﬁne oﬃce", "fine office"),
        ("e\u0301tude", "étude"),
        ("instru-\nmental", "instrumental"),
        ("instru\u00ad\n  mental", "instrumental"),
        ("one  \n two", "one two"),
        ("Où ?", "Où?"),
        ("deputy  , of", "deputy, of"),
        ("\u200fשלום\u200e", "שלום"),
        ("צה״ל", 'צה"ל'),
        ("他说，「好\n的」", "他说,“好的”"),
        ("مرحبـــا", "مرحبا"),
        ("95\u202f% of it", "95% of it"),
    ],
)
def test_typography_is_folded(printed: str, typed: str) -> None:
    assert fold(printed).text == fold(typed).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He is here", "he is here"),
        ("resume", "résumé"),
        ("not here", "now here"),
        ("re-sign", "resign"),
        ("Let us eat, Grandma", "Let us eat Grandma"),
        ("Maße", "Masse"),
        ("1,000", "1.000"),
        ("a dash-\n\nnext", "a dashnext"),
        ("well-\n\nknown", "well-known"),
    ],
)
def test_words_and_signs_are_not(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text
    assert fold(one, blocks=False).text != fold(other, blocks=False).text


def test_an_empty_line_is_a_boundary_between_blocks_only() -> None:
    text = "one \n \n two\nthree"
    assert fold(text).text == "one\ntwo three"
    assert fold(text, blocks=False).text == "one two three"


def test_tier_0_is_composition_alone() -> None:
    assert fold("e\u0301 — \u201cx\u201d", 0).text == "é — “x”"


@settings(deadline=None)
@given(texts, st.booleans())
def test_the_map_leads_back(text: str, blocks: bool) -> None:  # noqa: FBT001
    folded = fold(text, blocks=blocks)
    end = 0
    for at in range(len(folded.text)):
        start, stop = folded.span(at, at + 1)
        assert end <= start < stop <= len(text) or (start, stop) == folded.span(at - 1, at)
        end = max(end, stop)
        if folded.text[at].isalnum() and len(text[start:stop]) == 1:
            plain = unicodedata.normalize("NFKC", text[start])
            assert folded.text[at] in plain or text[start] == "œ"


@settings(deadline=None)
@given(texts)
def test_the_map_leads_forth(text: str) -> None:
    folded = fold(text)
    for at, char in enumerate(folded.text):
        if char.isalnum():
            assert folded.at(folded.span(at, at + 1)[0]) <= at


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("a word", 2, True),
        ("a word", 3, False),
        ("中文", 1, True),
        ("abc中文", 3, True),
        ("שָ", 1, False),
        ("end.", 3, True),
        ("", 0, True),
    ],
)
def test_bounds(text: str, at: int, expected: bool) -> None:  # noqa: FBT001
    assert is_bound(text, at) is expected
