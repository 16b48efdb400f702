"""What a note's words tell of a source, and that none of them is lost."""

from __future__ import annotations

import pytest

from tests.importing.reading import read

BODY = "Mill\n\nIt stood by the river for a hundred years.[1]\n\nNotes\n\n[1] "


@pytest.mark.parametrize(
    ("note", "fields"),
    [
        (
            "Anna Teal. The mill is gone. The Post. June 13, 2011. https://post.example.org/mill",
            ("Anna Teal", "The mill is gone", "The Post", "2011-06-13", "https://post.example.org/mill"),
        ),
        (
            "Anna Teal, The mill is gone, The Post, 13 June 2011, accessed in https://post.example.org/mill",
            ("Anna Teal", "The mill is gone", "The Post", "2011-06-13", "https://post.example.org/mill"),
        ),
        (
            'Anna Teal, "The mill is gone", The Post, 2011.',
            ("Anna Teal", "The mill is gone", "The Post", "2011", ""),
        ),
        (
            "The mill is gone: https://post.example.org/mill",
            ("", "The mill is gone", "", "", "https://post.example.org/mill"),
        ),
        ("https://post.example.org/mill", ("", "", "", "", "https://post.example.org/mill")),
    ],
)
def test_a_reference_becomes_a_source(note: str, fields: tuple[str, ...]) -> None:
    source = read(BODY + note).notes[0].source
    assert source is not None
    author = "; ".join(source.author)
    title = "" if source.title == source.url else source.title
    assert (author, title, source.container_title, source.issued, source.url) == fields
    assert source.number == "1"


@pytest.mark.parametrize(
    "note", ["Ibid.", "Op. cit., p. 4.", "It was not the only mill, as the miller's wife knew.", "See above."]
)
def test_other_notes_stay_notes(note: str) -> None:
    assert read(BODY + note).notes[0].source is None


def test_the_day_of_access_is_no_date_of_the_source() -> None:
    source = read(BODY + '"The Mill". River Wiki. Retrieved 2016-05-01. https://wiki.example.org/mill').notes[0].source
    assert source is not None
    fields = (source.title, source.container_title, source.issued, source.accessed)
    assert fields == ("The Mill", "River Wiki", "", "2016-05-01")


def test_a_title_is_no_persons_name() -> None:
    source = read(BODY + "About River Mills. The Post. 2016. https://wiki.example.org/mill").notes[0].source
    assert source is not None
    assert source.author == ()


def test_words_that_fit_no_field_stay_in_the_title() -> None:
    note = "J. Teal, in his (unprinted) letters to B., quoted at length: https://post.example.org/letters"
    source = read(BODY + note).notes[0].source
    assert source is not None
    assert source.title == "J. Teal, in his (unprinted) letters to B., quoted at length"


def test_keys_are_readable_and_unique() -> None:
    refs = [
        "Anna Teal. One. The Post. 13 June 2011.",
        "Anna Teal. Two. The Post. 14 June 2011.",
        "Three: https://www.post.example.org/2012/3",
    ]
    marks = "".join(f"So.[{n}] " for n in (1, 2, 3))
    found = read(
        f"Mill\n\nIt stood by the river. {marks}\n\nNotes\n\n"
        + "\n\n".join(f"[{n}] {ref}" for n, ref in enumerate(refs, 1))
    )
    assert [note.source.key for note in found.notes if note.source] == ["teal2011", "teal2011a", "example2012"]


def test_a_span_of_years_is_no_date_of_the_source() -> None:
    note = "Anna Teal. Registers of the mill, 1880-1945. https://post.example.org/registers"
    source = read(BODY + note).notes[0].source
    assert source is not None
    assert "1880-1945" in source.title
    assert source.issued == ""
