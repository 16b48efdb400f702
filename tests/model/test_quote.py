"""The rules of checking, one by one, and what must hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sphinx_annot.model.quote import check
from sphinx_annot.model.snapshots import Snapshot
from sphinx_annot.model.verdict import Kind, Remark, Verdict

STORED = """\
The council did not vote on the  bridge that winter [13]. "We shall wait," said Mayor Hale, "until the river is instru-
mental again, and well-
known to us." It cost 1.5 million crowns and 1 500 men.² Nobody in the town believed that the old harbour would
be rebuilt. He *really* thought … that nothing was lost, and then the ferry came back with all its passengers.
The sum [95 % CI] stood.

Roses by the old wall
violets by the new one in the garden of the mayor
"""
SNAPSHOT = Snapshot("hale.txt", STORED)


def verdict(quote: str, **options: str) -> Verdict:
    return check(quote, SNAPSHOT, **options)


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("in the town believed that the old harbour", Kind.VERBATIM),
        ("The sum [95 % CI] stood.", Kind.VERBATIM),
        ("did not vote on the bridge", Kind.TYPOGRAPHIC),
        ("until the river is instrumental again, and well-known to us.", Kind.TYPOGRAPHIC),
        ("The sum [95% CI] stood.", Kind.TYPOGRAPHIC),
        ("that winter. “We shall wait,” said Mayor Hale", Kind.TYPOGRAPHIC),
        ("He really thought … that nothing was lost", Kind.TYPOGRAPHIC),
        ("Roses by the old wall / violets by the new one", Kind.TYPOGRAPHIC),
        ("nobody in the town believed that", Kind.TYPOGRAPHIC),
        ("“we shall wait,” said Mayor Hale", Kind.TYPOGRAPHIC),
        ("Mental again, and well-known to us", Kind.MISMATCH),
        ("Again, and well-known to us", Kind.TYPOGRAPHIC),
        ("The council did not vote [… during] that winter", Kind.ELIDED),
        ("The council did not vote [...] that winter", Kind.ELIDED),
        ("[...] council did not vote on the bridge [...]", Kind.ELIDED),
        ("nothing was lost... the ferry came back with all its passengers", Kind.ELIDED),
        ("The council did not vote on the [new] bridge", Kind.ALTERED),
        ("We [w]ould wait,” said Mayor Hale, “until the river", Kind.MISMATCH),
        ("that winter. “We [sh]all wait,” said Mayor", Kind.ALTERED),
        ("[t]he council did not vote on the bridge", Kind.ALTERED),
        ("The council did not vot[ing] on the bridge", Kind.ALTERED),
        ("The council did not vote [sic] on the bridge", Kind.ALTERED),
        ("[The mayor] did not vote on the bridge", Kind.ALTERED),
        ("The council did vote on the bridge that winter", Kind.MISMATCH),
        ("5 million crowns and 1 500 men", Kind.MISMATCH),
        ("1.5 million crowns and 1", Kind.MISMATCH),
        ("He really thought … nothing was lost, and then the ferry", Kind.MISMATCH),
        ("Roses by / the old wall violets by the new one", Kind.MISMATCH),
        ("wholly other words that nobody ever wrote", Kind.MISSING),
        ("nobody knows", Kind.MISSING),
        ("violets by the", Kind.UNCHECKED),
        ("…", Kind.UNCHECKED),
    ],
)
def test_kinds(quote: str, kind: Kind) -> None:
    assert verdict(quote).kind is kind


def test_what_is_found_is_shown_in_the_words_of_the_snapshot() -> None:
    found = verdict("until the river is instrumental again, and [...] It cost 1.5 million crowns")
    assert [STORED[start:end] for start, end in found.spans] == [
        "until the river is instru-\nmental again, and",
        "It cost 1.5 million crowns",
    ]
    assert found.omitted == ('well-\nknown to us."',)
    assert found.line == 1
    assert found.snapshot == "hale.txt"


def test_a_hyphen_at_a_line_end_takes_or_leaves_a_hyphen_and_no_other_place_does() -> None:
    assert verdict("until the river is instru-mental again").is_accepted
    assert verdict("mental again, and wellknown to us").is_refused
    assert check("to resign from it all at once", Snapshot("", "He had to re-sign from it all at once.")).is_refused


@pytest.mark.parametrize("option", [{"locator": "p. 3"}, {"prefix": "did"}])
def test_a_short_quotation_needs_a_place(option: dict[str, str]) -> None:
    assert verdict("not vote").kind is Kind.UNCHECKED
    assert Remark.TOO_SHORT in verdict("not vote").remarks
    assert verdict("not vote", **option).kind is Kind.VERBATIM


def test_a_prefix_that_does_not_stand_there_refuses() -> None:
    found = verdict("not vote on the bridge", prefix="should")
    assert found.kind is Kind.MISMATCH
    assert Remark.CONTEXT in found.remarks


@pytest.mark.parametrize(
    ("quote", "what"),
    [
        ("The council did [...] vote on the bridge", "negation left out"),
        ("vote on the bridge that winter", "negation just before"),
        ("It cost 1.5 million crowns and 1 500 men.", "negation just after"),
        ("council did [gladly] vote on the bridge", "negation changed"),
        ("It cost [2] million crowns and 1 500 men.", "number changed"),
    ],
)
def test_review(quote: str, what: str) -> None:
    if what == "negation just after":
        found = check("It cost 1.5 million crowns", Snapshot("", "It cost 1.5 million crowns not a penny more."))
    else:
        found = verdict(quote)
    assert found.is_accepted
    assert what in [item.what for item in found.review]


def test_double_or_distant_negations_are_no_matter_for_review() -> None:
    assert not verdict("the ferry came back with all its passengers").review


def test_the_smallest_gaps_are_taken() -> None:
    stored = "One long first part here. Far away words. One long first part here, then the last long part there."
    found = check("One long first part [...] the last long part there", Snapshot("", stored))
    assert found.spans[0][0] == stored.rindex("One")


def test_parts_do_not_overlap_and_keep_their_order() -> None:
    text = Snapshot("", "Alpha beta gamma delta epsilon zeta eta theta.")
    assert check("Alpha beta gamma delta [...] gamma delta epsilon", text).is_refused
    assert check("epsilon zeta eta theta [...] Alpha beta gamma", text).is_refused


def test_a_scrap_beside_an_elision_proves_nothing_beyond_its_sentence() -> None:
    text = Snapshot("", "He said that the tide was high. We left early. Then the boat did not sail. Nobody ever knew.")
    assert check("He said that the tide was high [...] not", text).kind is Kind.UNCHECKED
    assert check("He [...] that the tide was high", text).kind is Kind.ELIDED


def test_an_elision_over_everything_proves_nothing() -> None:
    text = Snapshot(
        "", "The first of these words stands here. " + "Others do not. " * 300 + "The last of them stands there."
    )
    found = check("first of these words [...] last of them stands", text)
    assert found.kind is Kind.UNCHECKED
    assert Remark.TOO_FAR in found.remarks


def test_brackets_stand_for_few_words() -> None:
    text = Snapshot("", "The first of these words " + "and another " * 9 + "stands at the end of it.")
    assert check("The first of these words [and] stands at the end of it", text).is_refused
    assert check("The first of these words [and more] another", text).kind is not Kind.VERBATIM


def test_a_mark_that_the_source_has_is_no_change() -> None:
    text = Snapshot("", "They could all assume responsibility [4] for the usual plans and more.")
    assert check("They could all assume [4] for the usual plans", text).is_refused
    assert check("They could all assume responsibility for [4] usual plans", text).is_refused
    assert check("They could all assume responsibility [4] for the usual plans", text).kind is Kind.VERBATIM
    assert check("They could all assume responsibility for the usual plans", text).kind is Kind.TYPOGRAPHIC


def test_pages_and_paragraphs_narrow_the_search() -> None:
    fed = Snapshot("", "The tide was low that day.\fThe tide was high that day.\fNobody went out that day.")
    assert check("The tide was high that day", fed, locator="p. 2").kind is Kind.VERBATIM
    assert Remark.NARROWED in check("The tide was high that day", fed, locator="p. 2").remarks
    wrong = check("The tide was high that day", fed, locator="p. 3")
    assert wrong.kind is Kind.MISMATCH
    assert Remark.ELSEWHERE in wrong.remarks
    assert check("The tide was high that day", fed, locator="pp. 1-2").is_accepted
    assert Remark.NARROWED not in check("The tide was high that day", fed, locator="p. 240").remarks
    marked = Snapshot("", "[p. 11] One tide was low that day. [p. 12] The tide was high [S. 13] that day.")
    assert check("The tide was high that day", marked, locator="p. 12").is_accepted
    assert check("One tide was low that day", marked, locator="page 12").is_refused
    numbered = Snapshot("", "[para. 1] One tide was low that day.\n\n[para. 2] The tide was high that day.")
    assert check("The tide was high that day", numbered, locator="para. 1").is_refused


def test_the_best_snapshot_counts_and_is_named() -> None:
    one, other = Snapshot("a.txt", "Something else entirely stands here."), Snapshot("b.txt", STORED)
    assert check("in the town believed that", [one, other]).snapshot == "b.txt"
    assert check("in the town believed that", []).kind is Kind.UNCHECKED


def test_near_words_are_shown_as_a_diff() -> None:
    assert verdict("The council did vote on the bridge that winter").near == "The council did {+not+} vote on the …"


LAMP = Snapshot(
    "lamp.txt",
    "[p. 12]\n\nA wick is cut on the slant, never twice in one evening. The oil must be warm, and the glass clean."
    " Who trims it on haste will sit in the dark.\n\n[p. 13]\n\nThe second lamp is lit when the first is out.",
)


def test_right_words_with_a_wrong_page_are_no_difference() -> None:
    wrong = check("The oil must be warm", LAMP, locator="p. 13")
    assert (wrong.kind, wrong.remarks, wrong.near, wrong.line) == (Kind.MISMATCH, (Remark.ELSEWHERE,), "", 3)


@pytest.mark.parametrize(
    ("quote", "near"),
    [
        (
            "A wick is cut on the slant, never twice in one evening. [...] Who trims it in haste will sit in the dark.",
            "Who trims it [-in-] {+on+} haste will sit …",
        ),
        ("A wick is cut on the slant ... Who trims it in hurry will sit", "Who trims it [-in hurry-] {+on haste+} …"),
        ("The oil must be warm [...] and nobody came home that night", "[-and nobody came home that night-]"),
    ],
)
def test_of_a_quotation_that_leaves_words_out_the_wrong_part_is_shown(quote: str, near: str) -> None:
    found = check(quote, LAMP)
    assert found.kind is Kind.MISMATCH
    assert found.near.startswith(near.removesuffix(" …"))
    assert "[...]" not in found.near


def test_a_difference_at_the_very_beginning_has_a_line() -> None:
    assert check("One tide was low that night", Snapshot("", "One tide was low that day.")).line == 1


def test_parts_in_another_order_are_told_so() -> None:
    found = check("Who trims it on haste will sit in the dark [...] A wick is cut on the slant", LAMP)
    assert (found.kind, found.remarks) == (Kind.MISMATCH, (Remark.ORDER,))


def test_parts_that_nothing_is_like_are_missing() -> None:
    assert check("The harbour froze in March [...] and nobody came home", LAMP).kind is Kind.MISSING


def test_a_capital_where_a_quotation_begins_is_no_difference() -> None:
    assert check("a wick is cut at the slant, never twice", LAMP).near.startswith("a wick is cut [-at-] {+on+} the")


def test_passages_that_quote_passages() -> None:
    text = Snapshot("", "She read: “He said ‘the bridge is gone’ and wept.” We did not.")
    assert check('"She read: \'He said "the bridge is gone" and wept.\'"', text).is_accepted


@pytest.mark.parametrize(
    "quote",
    [
        "[a] e " * 40,
        "a [...] " * 200,
        "[" * 5000,
        "(" * 5000 + "…" * 5000,
        "x" * 100_000,
        "- / - / " * 500,
        "\ue000" * 500,
    ],
)
def test_hostile_quotations_take_no_time(quote: str) -> None:
    text = Snapshot("", "a e - / [x] … " * 2000)
    start = time.process_time()
    check(quote, text)
    assert time.process_time() - start < 5


def test_long_quotations_are_refused_in_little_time_and_show_where() -> None:
    words = [f"word{number * 7919 % 1009}" for number in range(20_000)]
    changed = [*words[:9000], "other", *words[9001:]]
    start = time.process_time()
    found = check(" ".join(changed), Snapshot("", " ".join(words)))
    assert time.process_time() - start < 5
    assert "[-other-] {+word" in found.near
    assert len(found.near) < 500


WORDS = st.sampled_from(
    ["tide", "the", "not", "“low”", "it’s", "well-known", "—", "3.5", "rose,", "sea.", "(now)", "a"]
)
TEXT = st.lists(WORDS, min_size=14, max_size=40).map(" ".join)
DISGUISES = [
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "\u00a0 "),
    lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'),
    lambda text: text.replace("—", "--"),
    lambda text: text.replace("—", "\u2013"),
    lambda text: text.replace("t", "t\u00ad"),
    lambda text: text.replace("tide", "ti-\nde"),
    lambda text: text.replace("“", "«\u202f").replace("”", "\u202f»"),
    lambda text: text.replace(" (", "\u200b ("),
]


@settings(deadline=None)
@given(TEXT, st.sampled_from(DISGUISES), st.sampled_from(DISGUISES), st.data())
def test_a_text_contains_its_own_words_in_any_disguise(
    text: str, one: object, other: object, data: st.DataObject
) -> None:
    assert callable(one)
    assert callable(other)
    assume("3.5 — 3.5" not in text)  # a range of numbers, as far as folding can tell
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 8))
    quote = " ".join(words[first : first + 8])
    assume(sum(word.strip("“”.,()").isalpha() for word in words[first : first + 8]) > 3 and len(quote) > 20)
    assert check(other(quote), Snapshot("", one(text))).is_accepted


@settings(deadline=None)
@given(TEXT, st.integers(1, 6), st.sampled_from(["tides", "no", "4.5", "never"]))
def test_a_changed_word_never_passes(text: str, at: int, other: str) -> None:
    words = text.split(" ")[:9]
    words[at] = other
    found = check(" ".join(words), Snapshot("", text))
    assert not found.is_accepted


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_gets_a_verdict_with_spans_inside_the_snapshot(quote: str, stored: str) -> None:
    found = check(quote, Snapshot("", stored))
    for start, end in found.spans:
        assert 0 <= start <= end <= len(stored)
