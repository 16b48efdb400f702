"""The sentence around a place, as it was found before by looking at all bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sphinx_annot.model.sentences import sentence_ends, sentence_span

TEXTS = st.text(st.sampled_from("ab .!?。\n"), min_size=1, max_size=30)


@given(TEXTS, st.data())
def test_a_stretch_lies_in_its_sentences(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    bounds = [0, *sentence_ends(text), len(text)]
    low, high = sentence_span(text, start, end, sentence_ends(text))
    assert low == max(bound for bound in bounds if bound <= start)
    assert high == min(bound for bound in bounds if bound >= end)


def test_a_place_at_the_beginning_of_a_sentence_is_in_it() -> None:
    text = "It froze. It thawed."
    assert sentence_span(text, 10, 11, sentence_ends(text)) == (10, 20)
