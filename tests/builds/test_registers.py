"""Registers: what a row says of a note, which rows a filter leaves, and in which order they stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.markup import BOTH, MYST, Markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Build
    from tests.projects import Built

DOT = Path(__file__).parent / "roots" / "everything" / "dot.png"
both = pytest.mark.parametrize("markup", BOTH, ids=str)


def _note(markup: Markup, **options: str) -> str:
    return markup.block("ednote", "n", "Words of the note.", **options)


def _heads(built: Built, docname: str = "index") -> list[str]:
    """What stands before the words of each note in a register."""
    heads = built.body(docname).iterfind(".//*[@class='annot-row-head']")
    return [" ".join(str(head.text_content()).split()) for head in heads]


def _image(markup: Markup) -> str:
    return "![A dot](dot.png)" if markup is MYST else ".. image:: dot.png\n   :alt: A dot"


def _cite(markup: Markup) -> str:
    return markup.span("cite", "s")


def _passage(markup: Markup) -> str:
    return markup.block("passage", "p", "The ford.\n\nThe mill.", source="s")


@both
@pytest.mark.parametrize(
    ("blocks", "head"),
    [
        (lambda m: ["The ford froze.", _note(m)], "The ford froze.]"),
        (lambda m: [f"The ford {_cite(m)}, a mill {_cite(m)}.", _note(m)], "The ford, a mill.]"),
        (lambda m: ["The ford froze.", _note(m, on="ford")], "ford]"),
        (lambda m: ["- The ford\n- The mill", _note(m)], "The ford]"),
        (lambda m: [m.directive("code-block", "none", {}, "ford = ice"), _note(m)], "ford = ice]"),
        (lambda m: [m.directive("list-table", "", {}, "* - The ford\n  - Ice"), _note(m)], "The ford]"),
        (lambda m: [m.directive("list-table", "Ice", {}, "* - The ford\n  - Ice"), _note(m)], "Ice]"),
        (lambda m: [m.directive("tip", "", {}, "The ford froze."), _note(m)], "The ford froze.]"),
        (lambda m: [_image(m), _note(m)], "A dot]"),
        (lambda m: [_passage(m), _note(m)], "The ford.]"),
        (lambda m: [_passage(m), "It was late.", _note(m, in_="p")], "The ford.]"),
        (lambda m: [_note(m), f"It was late. The {m.span('lemma', 'ford and mill <n>')}."], "ford and mill]"),
        (lambda m: [_note(m), f"It was late. The ford {m.span('noteref', 'n')} froze."], "The ford froze.]"),
        (lambda m: [_note(m)], "The title]"),
    ],
    ids=[
        "paragraph", "marks", "words", "list", "code", "table", "caption", "admonition", "image", "passage",
        "in a passage", "role", "mark", "title",
    ],
)  # fmt: skip
def test_a_row_begins_with_what_its_note_stands_at(
    build: Build, markup: Markup, blocks: Callable[[Markup], list[str]], head: str
) -> None:
    source = markup.block("source", "s", title="A Source")
    register = markup.block("register", of="notes")
    text = markup.text(markup.heading("The title", 1), *blocks(markup), source, markup.heading("Notes", 2), register)
    built = build({f"index{markup.suffix}": text, "dot.png": DOT.read_bytes()})
    assert not built.warnings
    assert _heads(built) == [head]


@both
def test_a_layer_can_list_its_own_notes(build: Build, markup: Markup) -> None:
    """They stand in its commentary and in its register, and a footnote between two of them parts neither."""
    notes = [
        markup.block("ednote", "one", f"About the ford {markup.mark('f')}.", on="ford"),
        markup.footnote("f", "A footnote."),
        markup.block("ednote", "two", "About the ice.", on="ice"),
    ]
    register = markup.block("register", of="notes", in_="text")
    blocks = [markup.block("layer", in_="text", by="TV"), *notes, "More.", register]
    files = {
        "index": markup.text(markup.heading("All", 1), markup.toctree(["text", "layer"])),
        "text": markup.text(markup.heading("Text", 1), "The ford had ice."),
        "layer": markup.text(markup.heading("Layer", 1), *blocks),
    }
    built = build({f"{name}{markup.suffix}": text for name, text in files.items()})
    assert not built.warnings
    assert _heads(built, "layer") == ["ford]", "ice]"] * 2
    items = built.body("layer").iterfind(".//li")
    words = [" ".join(str(item.text_content()).split()) for item in items]
    assert [text.count("TV") for text in words] == [1] * 4
    assert len(list(built.body("layer").iter("ol"))) == 2


@both
@pytest.mark.parametrize("names", ["the ford; mill", "/the ford ; mill", "the ford; mi*"])
def test_documents_are_named_with_spaces(build: Build, markup: Markup, names: str) -> None:
    register = markup.block("register", of="notes", in_=names)
    files = {"index": markup.text(markup.heading("All", 1), register, markup.toctree(["the ford", "mill", "inn"]))}
    for name in ("the ford", "mill", "inn"):
        note = markup.block("ednote", f"of-{name[:3].strip()}", "A note.", on="words")
        files[name] = markup.text(markup.heading(name, 1), f"The words of {name}.", note)
    built = build({f"{name}{markup.suffix}": text for name, text in files.items()})
    assert not built.warnings
    assert _heads(built) == ["words]"] * 2


@both
def test_documents_are_named_in_a_row(build: Build, markup: Markup) -> None:
    register = markup.block("register", of="notes", in_="mill, ford inn")
    files = {"index": markup.text(markup.heading("All", 1), register, markup.toctree(["ford", "mill", "inn"]))}
    for name in ("ford", "mill", "inn"):
        note = markup.block("ednote", f"of-{name}", "A note.", on=name)
        files[name] = markup.text(markup.heading("Words", 1), f"The {name}.", note)
    built = build({f"{name}{markup.suffix}": text for name, text in files.items()})
    assert not built.warnings
    assert _heads(built) == ["ford]", "mill]", "inn]"]


@both
def test_a_note_in_a_note_has_a_row_of_its_own_elsewhere(markup: Markup, build: Build) -> None:
    inner = markup.block("ednote", "inner", "Inner words.", on="mill")
    outer = markup.block("ednote", "outer", f"Outer words.\n\n{inner}", on="ford")
    built = build(
        {
            f"index{markup.suffix}": markup.text(markup.heading("T", 1), "The ford, the mill.", outer),
            f"list{markup.suffix}": markup.text(
                markup.heading("L", 1), markup.block("register", of="notes", in_="index")
            ),
        }
    )
    assert _heads(built, "list") == ["ford]", "mill]"]
    words = built.body("list").text_content()
    assert words.count("Outer words.") == words.count("Inner words.") == 1


@both
def test_rows_of_several_documents_name_theirs(markup: Markup, build: Build) -> None:
    texts = {
        name: markup.text(markup.heading(title, 1), "The ford.", markup.block("ednote", name, "Words.", on="ford"))
        for name, title in (("one", "First"), ("two", "Second"))
    }
    files = {f"{name}{markup.suffix}": text for name, text in texts.items()}
    for documents, expected in (
        ("one; two", ["ford] Words. (First)", "ford] Words. (Second)"]),
        ("one", ["ford] Words."]),
    ):
        register = markup.block("register", of="notes", in_=documents)
        built = build({**files, f"index{markup.suffix}": markup.text(markup.heading("L", 1), register)})
        rows = built.body().iterfind(".//section[@class='annot-register annot-commentary no-search']//li")
        assert [" ".join(str(row.text_content()).split())[2:] for row in rows] == expected


@both
def test_an_institution_in_braces_is_printed_without_them(markup: Markup, build: Build) -> None:
    name = "{County Council}"
    text = markup.text(
        markup.heading("Text", 1),
        markup.block("edition", "text", author=f"{name}; Ada Holm", editor=name),
        markup.block("passage", "p", "The ford froze.", source="s"),
        markup.block("passage", "q", "The mill froze.", source="s", speaker=name),
        markup.block("ednote", "n", "A note.", on="ford", by=name),
        markup.block("ednote", "o", "A note left out.", on="ford", by="{Town Council}"),
        f"A reference: {markup.span('source', 's')}.",
        markup.block("source", "s", title="Roads", author=name, issued="2021"),
        markup.block("source", "u", title="Rails", author="Board", issued="2020", number="9"),
        markup.block("register", of="notes", by=name),
        markup.block("register", of="sources", by="County Council"),
    )
    built = build({f"index{markup.suffix}": text}, html_copy_source=False, annot_exclude_notes=["by:{Town Council}"])
    assert not built.warnings
    assert "{" not in (words := " ".join(str(built.body().text_content()).split()))
    assert "County Council and Ada Holm" in words
    assert "A reference: County Council 2021." in words
    assert "County Council, 2021" in words
    assert words.count("County Council. Roads. 2021.") == 2
    assert words.count("Rails") == 1
    assert _heads(built) == ["ford]"]
    assert "left out" not in words
