"""Damage: what is mended, what is said about it, and what is left alone."""

from __future__ import annotations

import pytest

from sphinx_annot.importing.article import ArticleError
from tests.importing.reading import body, mended, notes, read

LONG = "It stood by the river for a hundred years, and everybody in the valley knew"


def test_a_paragraph_cut_by_a_page_is_joined() -> None:
    found = read(f"Mill\n\n{LONG} the sound\n\nof its wheel by heart.\n")
    assert body(found) == [f"{LONG} the sound of its wheel by heart."]
    assert mended(found) == ["paragraph-join"]


@pytest.mark.parametrize("end", [".", ":", "!", "?”", ";"])
def test_a_finished_paragraph_is_not_joined(end: str) -> None:
    assert len(body(read(f"Mill\n\n{LONG} it{end}\n\nof its wheel by heart and so on.\n"))) == 2


def test_words_broken_at_line_ends_are_made_whole() -> None:
    lines = (
        "The miller ground the corn of the val-\nley, and the val-\nley ate; an old-\nfashioned, old-fashioned valley. "
        "A big valley.\nThe corn-\nmill and the mill-\ner. The miller."
    )
    found = read(f"Mill\n\n{lines}\n")
    assert "the valley, and the valley ate; an old-fashioned, old-fashioned valley" in body(found)[0]
    assert "miller. The miller." in body(found)[0]
    assert {"dehyphenate", "keep-hyphen"} <= set(mended(found))


def test_compounds_keep_their_hyphen_where_no_word_is_broken() -> None:
    assert "the thunder-bird" in body(read("Mill\n\nThey saw the thunder-\nbird over the mill one night in May.\n"))[0]


def test_an_address_cut_in_two_is_joined() -> None:
    text = f"# Mill\n\n{LONG} it.[1]\n\nNotes\n\n[1] The Mill:\n\n<https://post.example.org/the-mill-is-g>\n\n[one-now](#)\n"
    found = read(text, "mill.md")
    assert found.notes[0].urls == ["https://post.example.org/the-mill-is-gone-now"]
    assert "url-join" in mended(found)


def test_stray_punctuation_ends_no_address() -> None:
    found = read(f"Mill\n\n{LONG} it.[1]\n\nNotes\n\n[1] The Mill (https://post.example.org/mill_(old)).\n")
    assert found.notes[0].urls == ["https://post.example.org/mill_(old)"]


def test_dead_links_become_words() -> None:
    found = read(f"# Mill\n\n{LONG} [the wheel](#) by heart.\n", "mill.md")
    assert body(found) == [f"{LONG} the wheel by heart."]
    assert mended(found) == ["dead-link"]


def test_a_doubled_paragraph_is_left_out_once() -> None:
    found = read(f"Mill\n\n{LONG} it well.\n\n{LONG} it well.\n\nThen it burned.\n")
    assert body(found) == [f"{LONG} it well.", "Then it burned."]
    assert mended(found) == ["duplicate"]


def test_running_heads_are_left_out() -> None:
    pages = "\f".join(f"THE MILL {n}\n\n{LONG} number {n}.\n" for n in range(2, 6))
    found = read(f"Mill\n\nIt is about a mill.\n\n\f{pages}")
    assert not any("THE MILL" in text for text in body(found))
    assert mended(found).count("running-head") == 4


def test_twice_encoded_characters_are_set_right() -> None:
    broken = "Die Mühle – so heißt sie".encode().decode("cp1252", "replace")
    found = read(f"Mill\n\n{broken}, und das ist alles.\n")
    assert body(found)[0].startswith("Die Mühle – so heißt sie")
    assert mended(found) == ["double-encoding"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(encoding: str, newline: str) -> None:
    text = "Die Mühle\n\nSie stand am Fluß für hundert Jahre.\n\nDann brannte sie ab.\n"
    found = read(text.replace("\n", newline).encode(encoding))
    assert found.heading.title == "Die Mühle"
    assert body(found) == ["Sie stand am Fluß für hundert Jahre.", "Dann brannte sie ab."]


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"%PDF-1.7 abc", b"\x89PNG\r\n\x1a\n", bytes(range(32)) * 50])
def test_what_is_no_text_gets_one_clear_line(data: bytes) -> None:
    with pytest.raises(ArticleError) as raised:
        read(data)
    assert "\n" not in str(raised.value)


def test_the_wrapper_of_an_archive_is_back_matter() -> None:
    text = (
        "The Project Gutenberg EBook of The Mill, by Anna Teal\n\nTitle: The Mill\n\nAuthor: Anna Teal\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK THE MILL ***\n\n\n\nTHE MILL\n\n1904\n\n\n"
        f"{LONG} it.[1]\n\n[1] One.\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE MILL ***\n\nSome licence.\n"
    )
    found = read(text)
    assert (found.heading.title, found.heading.author, found.heading.date) == ("The Mill", ["Anna Teal"], "1904")
    assert notes(found) == [("1", "One.")]
    assert not any("Gutenberg" in text or "licence" in text for text in body(found))


def test_back_matter_is_set_apart() -> None:
    tail = "Anna Teal is a writer and the author of two books.\n\nShare this article\n\nCopyright © Anna Teal, 2011"
    found = read(f"The Mill\n\nBy Anna Teal\n\n{LONG} it.\n\nThen it burned.\n\n*\n\n{tail}\n")
    assert body(found)[:2] == [f"{LONG} it.", "Then it burned."]
    assert [block.info for block in found.blocks if block.part == "back"] == ["separator", "bio", "share", "copyright"]
    assert found.heading.copyright == "Copyright © Anna Teal, 2011"


@pytest.mark.parametrize("title", ["# The Mill, the River,\nand the Town", "# The Mill, the River, and \nthe Town"])
def test_a_title_cut_in_two_is_joined(title: str) -> None:
    found = read(f"{title}\n\n{LONG} it.\n", "mill.md")
    assert found.heading.title == "The Mill, the River, and the Town"
    assert mended(found) == ["title-join"]
