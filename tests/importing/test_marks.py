"""Which brackets, raised figures and symbols are marks, and which note each leads to."""

from __future__ import annotations

import pytest

from tests.importing.reading import notes, pairs, read

BODY = "The mill stood by the river for a hundred years and everybody in the valley knew its wheel by ear"


def article(body: str, listed: str, heading: str = "Notes") -> str:
    return f"The Mill\n\nBy Anna Teal\n\n{body}\n\n{heading}\n\n{listed}\n"


@pytest.mark.parametrize(
    ("first", "second", "listed"),
    [
        ("[1]", "[2]", "[1] One of them.\n\n[2] Two of them."),
        (" [1]", " [2]", "1. One of them.\n2. Two of them."),
        ("(1)", " (2)", "1. One of them.\n2.Two of them."),
        ("¹", "²", "1. One of them.\n2. Two of them."),
        ("¹", "²", "¹ One of them.\n² Two of them."),
        ("[1]", "[2]", "[1] One of them. [2] Two of them."),
        ("*", "†", "* One of them.\n\n† Two of them."),
        ("[a]", "[b]", "[a] One of them.\n\n[b] Two of them."),
        ("[^1]", "[^2]", "[^1]: One of them.\n[^2]: Two of them."),
        ("[[1]](#_ftn1)", "[[2]](#_ftn2)", "[[1]](#_ftnref1) One of them.\n\n[[2]](#_ftnref2) Two of them."),
    ],
)
def test_every_style_of_mark_finds_its_note(first: str, second: str, listed: str) -> None:
    name = "mill.md" if "[^" in first or "](" in first else "mill.txt"
    found = read(article(f"{BODY}.{first}\n\nThen it burned{second} and nobody built it again.", listed), name)
    assert [words for _, words in pairs(found)] == ["One of them.", "Two of them."]
    assert [text for _, text in notes(found)] == ["One of them.", "Two of them."]


@pytest.mark.parametrize(
    "heading",
    [
        "Notes:",
        "ENDNOTES",
        "## References",
        "**Sources**",
        "Anmerkungen",
        "Quellen:",
        "Notas",
        "Примечания",
        "הערות",
        "参考文献",
    ],
)
def test_the_heading_of_notes_is_known_in_many_languages(heading: str) -> None:
    assert pairs(read(article(f"{BODY}.[1]", "[1] One of them.", heading), "mill.md")) == [("1", "One of them.")]


@pytest.mark.parametrize(
    "trap",
    [
        "the wheel [sic] turned",
        "he said [...] and left",
        "they took [its] stones",
        "in [1890] it rained",
        "see section 602(13)",
    ],
)
def test_not_every_bracket_is_a_mark(trap: str) -> None:
    assert pairs(read(article(f"{BODY}.[1] Then {trap} again.", "[1] One of them."))) == [("1", "One of them.")]


def test_enumerations_are_no_marks() -> None:
    assert not read(f"The Mill\n\n{BODY}: (1) its wheel, (2) its miller, and (3) its dog.\n").marks


def test_code_holds_no_marks() -> None:
    text = f"# Mill\n\n{BODY}.[^1] Take `wheel[1]` and `row[^1]`.\n\n[^1]: One of them.\n"
    assert pairs(read(text, "mill.md")) == [("1", "One of them.")]


def test_groups_and_ranges_give_one_mark_for_each_note() -> None:
    found = read(article(f"{BODY}.[1, 3] It burned.[1-3]", "[1] One.\n\n[2] Two.\n\n[3] Three."))
    assert pairs(found) == [("1", "One."), ("3", "Three."), ("1", "One."), ("2", "Two."), ("3", "Three.")]


def test_a_mark_without_its_note_is_kept_and_reported() -> None:
    found = read(article(f"{BODY}.[1] So.[2] And so.[3] It fell.[4]", "[1] One.\n\n[2] Two.\n\n[4] Four."))
    assert pairs(found) == [("1", "One."), ("2", "Two."), ("3", None), ("4", "Four.")]
    assert any('"3" leads to no note' in doubt.message for doubt in found.doubts)


def test_a_note_without_a_mark_is_kept_and_reported() -> None:
    found = read(article(f"{BODY}.[1]", "[1] One.\n\n[2] Two."))
    assert notes(found) == [("1", "One."), ("2", "Two.")]
    assert any('no mark leads to the note "2"' in doubt.message for doubt in found.doubts)


def test_numbers_that_restart_lead_to_the_notes_of_their_chapter() -> None:
    chapters = [
        f"\n\n\nCHAPTER {n}\n\n\n{BODY}.[1] It burned.[2]\n\n[1] First of {n}.\n\n[2] Second of {n}." for n in "AB"
    ]
    found = read("The Mill\n" + "".join(chapters))
    assert [words for _, words in pairs(found)] == ["First of A.", "Second of A.", "First of B.", "Second of B."]


def test_bracketed_footnotes_run_over_paragraphs() -> None:
    text = f"The Mill\n\n{BODY}.[1]\n\n[Footnote 1: It was [so they say] the first.\n\nOr the second.]\n\nIt burned.\n"
    assert notes(read(text)) == [("1", "It was [so they say] the first. Or the second.")]


def test_a_mark_knows_the_words_before_it() -> None:
    found = read(article(f"{BODY}.\n\nIt burned[1] down.", "[1] One."))
    assert found.marks[0].after.endswith("wheel by ear. It burned")


def test_marks_link_to_notes_of_a_page() -> None:
    text = (
        "<html><body><h1>The Mill</h1>"
        "<p>It stood.<sup><a href='#n1' id='r1'>1</a></sup> It fell.<a href='#n2'>[2]</a></p>"
        "<ol><li id='n1'>One. <a href='#r1'>↩</a></li><li id='n2'>Two.</li><li id='n3'>Three.</li></ol></body></html>"
    )
    found = read(text, "mill.html")
    assert pairs(found) == [("1", "One."), ("2", "Two.")]
    assert notes(found) == [("1", "One."), ("2", "Two."), ("3", "Three.")]


def test_a_notes_own_link_back_is_no_mark() -> None:
    text = (
        "<body><h1>Mill</h1><p>It stood<a id='A1'></a><a href='#F1' class='fnanchor'>[1]</a> long.</p>"
        "<div class='footnote'>"
        "<p><a id='F1'></a><a href='#A1'><span class='label'>[1]</span></a> One of them.</p></div></body>"
    )
    assert pairs(read(text, "mill.html")) == [("1", "One of them.")]
    assert notes(read(text, "mill.html")) == [("1", "One of them.")]


def test_notes_in_a_file_beside_the_page() -> None:
    page = "<body><h1>Mill</h1><p>It stood.<a href='endnotes.xhtml#note-6' epub:type='noteref'>6</a></p></body>"
    beside = "<body><ol start='5'><li id='note-5'><p>Five.</p></li><li id='note-6'><p>Six of them.</p></li></ol></body>"
    found = read(page, "mill.xhtml", endnotes__xhtml=beside)
    assert pairs(found) == [("6", "Six of them.")]
    assert notes(found) == [("5", "Five."), ("6", "Six of them.")]


def test_numbers_of_paragraphs_are_no_notes() -> None:
    paragraphs = [
        f"[{n}] The board heard the owner for the {n}th time, and it was none the wiser." for n in range(1, 9)
    ]
    paragraphs[6] += " See what is said at [3] and at [5]."
    found = read("The Mill\n\n" + "\n\n".join(paragraphs) + "\n")
    assert (found.marks, found.notes) == ([], [])


def test_a_bracket_around_a_first_letter_is_no_note() -> None:
    text = f'The Mill\n\n{BODY}. He wrote that "[A] mill is a mill."\n\n[A]n owner is an owner, and so it goes on.\n'
    found = read(text)
    assert (found.marks, found.notes) == ([], [])
