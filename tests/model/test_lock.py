"""The lock file remembers what was looked at, and notices words that changed, not typography."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_annot.model.lock import (
    Drift,
    Lock,
    Malformed,
    NoteLock,
    QuoteLock,
    ReviewLock,
    accept,
    digest,
    drift,
    dump,
    load,
)


def note(lemma: str, sentence: str) -> NoteLock:
    return NoteLock(digest(lemma), digest(sentence))


def test_typography_is_no_drift() -> None:
    was = Lock(notes={"n": note('"tide" -- low', "It was a 'tide' -- low.")})
    now = Lock(notes={"n": note("“tide” — low", "It was a\n‘tide’\u00a0— low.")})
    assert drift(was, now) == []


def test_changed_words_are() -> None:
    was = Lock({"a": note("tide", "A tide."), "b": note("sea", "A sea.")}, {"q": QuoteLock("1", "s.txt", "verbatim")})
    now = Lock({"a": note("tides", "A tide."), "b": note("sea", "No sea.")}, {"q": QuoteLock("1", "t.txt", "mismatch")})
    assert drift(was, now) == [
        Drift("note", "a", "lemma"),
        Drift("note", "b", "sentence"),
        Drift("quote", "q", "verdict"),
    ]


def test_new_and_removed_items_are_no_drift() -> None:
    assert drift(Lock({"a": note("x", "x")}), Lock({"b": note("y", "y")})) == []


def test_the_file_is_sorted_one_line_an_item() -> None:
    lock = Lock(
        {"b": NoteLock("1", "2"), "a ü\"'": NoteLock("3", "4")},
        {"q": QuoteLock("5", "s.txt", "elided")},
        frozenset({ReviewLock("5", "6")}),
    )
    assert dump(lock).splitlines()[1:] == [
        "version = 1",
        "",
        "[notes]",
        '"a ü\\"\'" = { lemma = "3", sentence = "4" }',
        '"b" = { lemma = "1", sentence = "2" }',
        "",
        "[quotes]",
        '"q" = { quote = "5", snapshot = "s.txt", verdict = "elided" }',
        "",
        "[reviews]",
        '"5-6" = { quote = "5", words = "6" }',
    ]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(deadline=None)
@given(
    st.dictionaries(texts, st.builds(NoteLock, texts, texts)),
    st.dictionaries(texts, st.builds(QuoteLock, texts, texts, texts)),
    st.frozensets(st.builds(ReviewLock, st.text("abcdef0123", max_size=16), st.text("abcdef0123", max_size=16))),
)
def test_what_is_written_is_read(
    notes: dict[str, NoteLock], quotes: dict[str, QuoteLock], reviews: frozenset[ReviewLock]
) -> None:
    lock = Lock(notes, quotes, reviews)
    assert load(dump(lock)) == lock


def test_files_that_cannot_be_read() -> None:
    assert isinstance(load("[notes"), Malformed)
    assert isinstance(load("version = 9"), Malformed)
    assert isinstance(load('[notes]\na = { lemma = "x" }'), Malformed)
    assert isinstance(load("notes = 3"), Malformed)


def test_accepting_takes_over_the_chosen_items_only() -> None:
    was = Lock({"a": NoteLock("1", "1"), "b": NoteLock("1", "1"), "gone": NoteLock("1", "1")})
    now = Lock(
        {"a": NoteLock("2", "2"), "b": NoteLock("2", "2")},
        {"q": QuoteLock("5", "s", "elided"), "r": QuoteLock("7", "s", "elided")},
        frozenset({ReviewLock("5", "6"), ReviewLock("7", "8")}),
    )
    taken = accept(was, now, ["a", "q", "gone"])
    assert taken.notes == {"a": NoteLock("2", "2"), "b": NoteLock("1", "1")}
    assert taken.quotes == {"q": QuoteLock("5", "s", "elided")}
    assert taken.reviews == {ReviewLock("5", "6")}
