"""A lemma is found where it stands, once, or the answer says why not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sphinx_annot.model.anchor import Ambiguous, Anchored, Missing, Selector, anchor, describe
from sphinx_annot.model.fold import GAP, fold

SOURCE = (
    "The ferryman  , of course, said no. The ferryman, at last, said “yes”.\n\n"
    f"Another block, with a gap {GAP} here and the ferryman again. It was in Anna’s word . The river... was low."
)
TEXT = fold(SOURCE)


def words(found: object) -> str:
    assert isinstance(found, Anchored), found
    return SOURCE[found.start : found.end]


def test_white_space_left_by_marks_does_not_matter() -> None:
    assert words(anchor(TEXT, "ferryman, of course")) == "ferryman  , of course"
    assert words(anchor(TEXT, "word. The river")) == "word . The river"


def test_typography_does_not_matter() -> None:
    assert words(anchor(TEXT, 'last, said "yes".')) == "last, said “yes”."


def test_only_whole_words() -> None:
    assert isinstance(anchor(TEXT, "erryman, of"), Missing)
    assert isinstance(anchor(TEXT, "of cours"), Missing)


def test_no_lemma_crosses_blocks_or_gaps() -> None:
    assert isinstance(anchor(TEXT, "said yes. Another block"), Missing)
    assert isinstance(anchor(TEXT, "gap here"), Missing)
    assert isinstance(anchor(TEXT, f"gap {GAP} here"), Missing)


def test_a_range_may_cross_blocks_and_ends_at_the_nearest() -> None:
    assert words(anchor(TEXT, "at last ... ferryman")) == SOURCE[SOURCE.index("at last") : SOURCE.index(" again")]
    assert words(anchor(TEXT, "at last … said")) == "at last, said"


def test_a_literal_ellipsis_comes_first() -> None:
    assert words(anchor(TEXT, "The river … was")) == "The river... was"


def test_several_places_name_what_settles_it() -> None:
    found = anchor(TEXT, "ferryman")
    assert isinstance(found, Ambiguous)
    assert [SOURCE[a:b] for a, b in found.spans] == ["ferryman"] * 3
    chosen = anchor(TEXT, "ferryman", prefix=found.suggestion.prefix, suffix=found.suggestion.suffix)
    assert isinstance(chosen, Anchored)
    assert (chosen.start, chosen.end) == found.spans[0]


def test_prefix_suffix_and_number_choose() -> None:
    third = SOURCE.rindex("ferryman")
    assert anchor(TEXT, "ferryman", prefix="and the") == Anchored(third, third + 8)
    assert anchor(TEXT, "ferryman", suffix="again") == Anchored(third, third + 8)
    assert anchor(TEXT, "ferryman", nth=3) == Anchored(third, third + 8)
    assert isinstance(anchor(TEXT, "ferryman", nth=4), Ambiguous)
    assert isinstance(anchor(TEXT, "Another", nth=2), Missing)


def test_the_scope_is_in_offsets_of_the_source() -> None:
    second = SOURCE.index("Another")
    assert words(anchor(TEXT, "ferryman", start=second)) == "ferryman"
    assert anchor(TEXT, "said", end=40) == Anchored(SOURCE.index("said"), SOURCE.index("said") + 4)


def test_a_near_and_unique_place_is_shown_and_not_taken() -> None:
    assert anchor(TEXT, "The ferryman, of course, said maybe.") == Missing("… course , said [-maybe-] {+no+} .")
    assert anchor(TEXT, "nothing of the kind anywhere") == Missing()


def test_words_that_differ_in_capitals_alone_are_shown() -> None:
    assert anchor(fold("The river rose at night."), "River rose") == Missing("river rose")
    assert anchor(fold("The river rose, the RIVER ROSE."), "River rose") == Missing()


@pytest.mark.parametrize(
    ("on", "lost"),
    [
        ("The river ... in the morning", "in the morning"),
        ("A brook ... at night", "A brook"),
        ("at night ... The river", ""),
        ("The river [...] in the morning", "in the morning"),
    ],
)
def test_a_range_that_is_missing_says_which_part_is(on: str, lost: str) -> None:
    found = anchor(fold("The river rose at night."), on)
    assert isinstance(found, Missing)
    assert (found.is_range, found.lost) == (True, lost)


def test_describing_words_across_blocks_gives_a_range() -> None:
    start, end = SOURCE.index("at last"), SOURCE.index("It was")
    selector = describe(TEXT, start, end)
    assert " ... " in selector.exact
    assert words(anchor(TEXT, selector.exact, prefix=selector.prefix)) == SOURCE[start : end - 1]


def test_places_that_no_words_tell_apart_get_a_number() -> None:
    text = fold(f"{GAP} tide {GAP} tide {GAP}")
    assert describe(text, 2, 6) == Selector("tide", nth=1)


blocks = st.lists(
    st.lists(st.sampled_from(["the", "tide", "rose,", "“low”", "well-", "it’s", "—", "on", "..."]), min_size=1),
    min_size=1,
)


@settings(deadline=None)  # other work on the machine is no fault of ours
@given(blocks, st.data())
def test_a_description_finds_its_own_place(made: list[list[str]], data: st.DataObject) -> None:
    source = "\n\n".join(" ".join(block) for block in made)
    tokens = source.split(" ")
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, min(first + 6, len(tokens) - 1)))
    start = len(" ".join(tokens[:first])) + (first > 0)
    end = len(" ".join(tokens[: last + 1]))
    assume(any(char.isalnum() for char in source[start:end]) and "..." not in source[start:end])
    text = fold(source)
    selector = describe(text, start, end)
    found = anchor(text, selector.exact, prefix=selector.prefix, suffix=selector.suffix, nth=selector.nth)
    assert isinstance(found, Anchored), (source, selector, found)
    there, wanted = source[found.start : found.end].strip(" —-\n"), source[start:end].strip(" —-\n")
    assert there == wanted or (there == wanted.partition("\n")[0].strip(" —-") and found.start >= start - 2)


def test_what_settles_it_is_in_the_same_block_if_anything_is() -> None:
    for text, settled in (
        ("A.\n\nThe river rose.\n\nThe river fell.", Selector("The river", suffix="rose")),
        ("A.\n\nThe river.\n\nThe river.", Selector("The river", prefix="A.")),
    ):
        found = anchor(fold(text), "The river")
        assert isinstance(found, Ambiguous)
        assert found.suggestion == settled
        chosen = anchor(fold(text), "The river", prefix=settled.prefix, suffix=settled.suffix)
        assert chosen == Anchored(text.index("The river"), text.index("The river") + len("The river"))
