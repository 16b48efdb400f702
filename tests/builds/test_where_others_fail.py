"""What footnotes, citations and other extensions lose, double or leave stale; each of these is kept here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builds import pages
from tests.markup import BOTH, MYST, Markup

if TYPE_CHECKING:
    import lxml.html

    from tests.conftest import Build
    from tests.projects import Built, Project

DOT = Path(__file__).parent / "roots" / "everything" / "dot.png"
both = pytest.mark.parametrize("markup", BOTH, ids=str)


def _site(markup: Markup, **documents: list[str]) -> dict[str, str]:
    """Documents by name, below an index."""
    files = {
        f"{name}{markup.suffix}": markup.text(markup.heading(f"About {name}", 1), *blocks)
        for name, blocks in documents.items()
    }
    index = markup.text(markup.heading("All", 1), markup.toctree(documents))
    return {f"index{markup.suffix}": index, **files}


def _by_id(built: Built, docname: str, id_: str) -> lxml.html.HtmlElement:
    found = [element for element in built.page(docname).iter() if element.get("id") == id_]
    assert len(found) == 1, f"{id_}: {len(found)} times in {docname}"
    return found[0]


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


@pytest.mark.core
@both
def test_a_source_leads_back_to_passages_by_their_words(build: Build, markup: Markup) -> None:
    passage = markup.block("passage", "p", "The river rose in the night.\n\nIt fell.", source="flood")
    one = [f"One {markup.span('cite', 'flood')}.", markup.block("source", "flood", title="The Flood")]
    built = build(_site(markup, one=one, two=["Two.", passage]), nitpicky=True)
    assert not built.warnings
    assert "About two: The river rose in the night. It fell." in _text(_by_id(built, "one", "source-flood"))


@pytest.mark.core
@both
def test_a_source_leads_back_to_every_page_that_cites_it(build: Build, markup: Markup) -> None:
    files = _site(
        markup,
        one=[f"First sentence {markup.span('cite', 'flood')}.", markup.block("source", "flood", title="The Flood")],
        two=[f"Second sentence {markup.span('cite', 'flood, p. 2')}. Third one {markup.span('cite', 'flood')}."],
    )
    built = build(files, nitpicky=True)
    assert not built.warnings
    entry = _by_id(built, "one", "source-flood")
    back = {link.get("href") for link in entry.iter("a") if link.get("role") == "doc-backlink"}
    assert back == {"#cite-flood", "two.html#cite-flood--two--1", "two.html#cite-flood--two--2"}
    assert "Second sentence" in _text(entry)
    assert not pages.faults(built.out)


@pytest.mark.core
@both
@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_citing_page_follows_an_edit_of_its_source(project: Project, markup: Markup, builder: str) -> None:
    def files(title: str, number: str) -> dict[str, str]:
        return _site(
            markup,
            one=[f"Words {markup.span('cite', 'flood')} and {markup.span('source', 'flood')}."],
            two=[markup.block("source", "flood", title=title, number=number), markup.span("cite", "flood")],
            three=["Nothing of this."],
        )

    suffix = {"html": "html", "text": "txt"}[builder]
    project.write(files("Old title", "4"))
    old = project.build(builder)
    assert "Old title" in old.read(f"one.{suffix}")
    untouched = (old.out / f"three.{suffix}").stat().st_mtime_ns
    project.write(files("New title", "5"))
    new = project.build(builder)
    assert "New title" in new.read(f"one.{suffix}")
    assert "Old title" not in new.read(f"one.{suffix}")
    assert "[5]" in re.sub(r"<[^>]+>", "", new.read(f"two.{suffix}"))
    assert (new.out / f"three.{suffix}").stat().st_mtime_ns == untouched


@both
@pytest.mark.parametrize("footnotes", ["edition", "all"])
def test_notes_of_all_pages_stay_apart_on_one_page(build: Build, markup: Markup, footnotes: str) -> None:
    documents = {
        name: [
            markup.block("edition", name),
            f"The river rose in {name} {markup.mark('label')}.",
            markup.block("ednote", f"n-{name}", f"Note of {name}.", on="The river rose"),
            markup.block("ednote", "", f"Unnamed note of {name}."),
            markup.footnote("label", f"Footnote of {name}."),
            f"Words {markup.span('cite', 'flood')}.",
            markup.block("source", "flood", title="The Flood") if name == "one" else "",
        ]
        for name in ("one", "two", "three")
    }
    built = build(_site(markup, **documents), "singlehtml", annot_footnotes=footnotes)
    assert not built.warnings
    assert not pages.faults(built.out)
    for name in documents:
        (mark,) = [link for link in built.body().find_class("annot-mark") if link.get("href") == f"#ednote-n-{name}"]
        note = _by_id(built, "index", f"ednote-n-{name}")
        assert f"Note of {name}." in _text(note)
        assert f"#{mark.get('id')}" in {link.get("href") for link in note.iter("a")}
        assert _text(built.body()).count(f"Unnamed note of {name}.") == 1
        assert _text(built.body()).count(f"Footnote of {name}.") == 1


@both
def test_epub_says_what_is_a_note_and_what_a_mark(build: Build, markup: Markup) -> None:
    files = _site(
        markup,
        one=[
            markup.block("edition", "one"),
            f"The river rose {markup.span('cite', 'flood')}.",
            markup.block("ednote", "n", "A note.", on="river"),
            markup.block("source", "flood", title="The Flood"),
        ],
    )
    page = build(files, "epub").read("one.xhtml")
    (mark,) = [tag for tag in re.findall(r"<a [^>]*>", page) if "annot-mark" in tag and "#ednote-n" in tag]
    assert 'epub:type="noteref"' in mark
    assert re.search(r'<aside [^>]*epub:type="footnote"', page)
    assert re.search(r'epub:type="(bibliography|biblioentry|endnotes|footnotes)"', page)


@pytest.mark.core
@both
@pytest.mark.parametrize("builder", ["latex", "texinfo", "man", "text", "singlehtml"])
def test_one_label_in_two_documents_loses_no_note(build: Build, markup: Markup, builder: str) -> None:
    documents = {
        name: [
            markup.block("edition", name),
            f"Words {markup.mark('label')} of {name}.",
            markup.footnote("label", f"Footnote of {name}."),
            markup.block("ednote", "same", f"Note of {name}."),
        ]
        for name in ("one", "two")
    }
    config = {
        "latex_documents": [("index", "book.tex", "All", "X", "manual")],
        "man_pages": [("index", "book", "All", ["X"], 1)],
        "texinfo_documents": [("index", "book", "All", "X", "book", "All.", "Texts")],
    }
    built = build(_site(markup, **documents), builder, **config)
    text = " ".join(
        " ".join(path.read_text().split())
        for path in built.out.rglob("*")
        if path.suffix in {".tex", ".texi", ".1", ".txt", ".html"}
    )
    for words in ("Footnote of one.", "Footnote of two.", "Note of one.", "Note of two."):
        assert words in text


@both
@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_a_note_that_no_mark_leads_to_is_printed(build: Build, markup: Markup, builder: str) -> None:
    files = _site(
        markup,
        one=[
            markup.block("edition", "one"),
            "The river rose.",
            markup.block("ednote", "n", "A note on a block."),
            markup.footnote("lost", "A footnote without a mark."),
            markup.block("ednote", "orphan", "A note on words that are gone.", on="the mountain"),
        ],
    )
    built = build(files, builder)
    assert "ref.footnote" not in built.warnings
    name = {"html": "one.html", "text": "one.txt", "latex": "project.tex"}[builder]
    text = " ".join(built.read(name).split())
    for words in ("A note on a block.", "A footnote without a mark.", "A note on words that are gone."):
        assert words in text


BODY = "First paragraph.\n\nSecond paragraph.\n\n- A point.\n\n  Still the point.\n\nThird paragraph."


@both
@pytest.mark.parametrize("builder", ["html", "text", "latex", "man", "epub"])
def test_block_content_of_a_note_is_whole(build: Build, markup: Markup, builder: str) -> None:
    files = _site(markup, one=["The river rose.", markup.block("ednote", "n", BODY, on="river")])
    built = build(files, builder, man_pages=[("index", "book", "All", ["X"], 1)])
    text = " ".join(
        " ".join(path.read_text().split())
        for path in built.out.rglob("*")
        if path.suffix in {".html", ".xhtml", ".txt", ".tex", ".1"}
    )
    for words in ("First paragraph.", "Second paragraph.", "A point.", "Still the point.", "Third paragraph."):
        assert text.count(words) >= 1
    if builder == "html":
        (list_,) = _by_id(built, "one", "ednote-n").iter("ul")
        assert "Still the point." in _text(list_)


@both
@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub", "text", "latex", "man", "texinfo"])
def test_marks_in_tables_headings_captions_and_notes_are_kept_once(build: Build, markup: Markup, builder: str) -> None:
    def mark(name: str) -> str:
        return markup.span("noteref", name)

    table = markup.directive("list-table", f"Caption {mark('caption')}", {}, f"* - Cell {mark('cell')}\n  - Other")
    figure = markup.directive("figure", "dot.png", {}, f"Figure {mark('figure')}")
    names = ("heading", "caption", "cell", "figure", "inner")
    notes = [markup.block("ednote", name, f"Note{name}.") for name in names]
    files = _site(
        markup,
        one=[
            markup.block("edition", "one"),
            markup.heading(f"Below {mark('heading')}", 2),
            "Words.",
            table,
            figure,
            markup.block("ednote", "outer", f"Noteouter {mark('inner')}."),
            "Words.",
            *notes,
        ],
    )
    config = {
        "man_pages": [("index", "book", "All", ["X"], 1)],
        "texinfo_documents": [("index", "book", "All", "X", "book", "All.", "Texts")],
    }
    built = build({**files, "dot.png": DOT.read_bytes()}, builder, **config)
    assert not [line for line in built.warnings.splitlines() if "WARNING" in line and "annot" in line]
    text = " ".join(
        " ".join(path.read_text().split())
        for path in sorted(built.out.rglob("*"))
        if "_sources" not in path.parts and path.suffix in {".html", ".xhtml", ".txt", ".tex", ".1", ".texi"}
    )
    for name in (*names, "outer"):
        assert text.count(f"Note{name}") == 1, name


@both
def test_contents_have_the_words_of_headings_without_marks(build: Build, markup: Markup) -> None:
    heading = f"The {markup.span('lemma', 'old <n>')} {markup.span('quote', 'dry ford <flood>')} {markup.mark('own')}"
    blocks = [
        markup.heading(heading, 2),
        markup.block("ednote", "n", "A note."),
        markup.footnote("own", "A footnote."),
        markup.block("source", "flood", title="The Flood"),
    ]
    built = build(_site(markup, one=[markup.block("edition", "one"), *blocks]))
    assert not built.warnings
    (words,) = [_text(link) for link in built.body("index").iter("a") if "ford" in link.text_content()]
    assert words == "The old “dry ford”"


def _nested(markup: Markup) -> dict[str, str]:
    """A note far from its words, one at the end, and each holds the words of another and one written inside it."""
    held = markup.block("ednote", "held", "Noteheld.")
    far = f"Notefar {markup.span('lemma', 'words <second>')}.\n\n{held}\n\nNotefar goes on."
    blocks = [
        "First words.",
        "Second words.",
        markup.heading("Below", 2),
        "Third words.",
        markup.block("ednote", "far", far, on="First"),
        markup.block("ednote", "last", f"Notelast {markup.span('noteref', 'third')}.", on="Second", placement="end"),
        "Fourth words.",
        markup.block("ednote", "second", f"Notesecond {markup.span('noteref', 'second')}."),
        markup.block("ednote", "third", "Notethird."),
    ]
    return _site(markup, one=blocks)


@both
def test_a_note_marked_in_another_one_stands_behind_it(build: Build, markup: Markup) -> None:
    built = build(_nested(markup))
    assert not built.warnings
    text = _text(built.body("one"))
    stations = ("First", "Notefar", "Notesecond", "Third words", "Fourth words", "Notelast", "Notethird")
    found = [text.index(words) for words in stations]
    assert found == sorted(found), text


@both
def test_a_note_stands_at_its_words_also_where_other_marks_name_it(build: Build, markup: Markup) -> None:
    words = f"Later words {markup.span('noteref', 'n')}."
    note = markup.block("ednote", "n", "Noteself.", on="First")
    built = build(_site(markup, one=["First words.", "Second words.", words, note]))
    text = _text(built.body("one"))
    assert text.index("First") < text.index("Noteself") < text.index("Second") < text.index("Later"), text


@both
@pytest.mark.parametrize("builder", ["text", "pseudoxml"])
def test_a_note_in_another_one_is_listed_once_and_in_order(build: Build, markup: Markup, builder: str) -> None:
    built = build(_nested(markup), builder)
    (page,) = built.out.glob("one.*")
    text = " ".join(page.read_text().split())
    names = ("far", "second", "last", "third")
    assert text.count("Noteheld.") == text.count("Notesecond") == text.count("Notethird.") == 1
    assert [text.index(f"Note{name}") for name in names] == sorted(text.index(f"Note{name}") for name in names)
    assert text.count("Notes") == 2  # one heading, and the second note


@pytest.mark.core
@both
@pytest.mark.parametrize("tag", ["html", "nothing"])
def test_what_an_only_leaves_out_leaves_no_backlink(build: Build, markup: Markup, tag: str) -> None:
    hidden = f"Hidden {markup.span('cite', 'flood')} and {markup.span('noteref', 'n')}."
    files = _site(
        markup,
        one=[
            markup.block("edition", "one"),
            markup.directive("only", tag, {}, hidden),
            f"Shown {markup.span('cite', 'deed')}, then {markup.span('cite', 'flood')} {markup.span('noteref', 'n')}.",
            markup.block("ednote", "n", "A note."),
            markup.block("source", "flood", title="The Flood"),
            markup.block("source", "deed", title="The Deed"),
        ],
    )
    built = build(files)
    assert not built.warnings
    assert not pages.faults(built.out)
    shown = tag == "html"
    marks = [link for link in built.body("one").iter("a") if link.get("href") == "#source-flood"]
    assert len([link for link in marks if link.get("id")]) == (2 if shown else 1)
    assert _text(built.body("one")).index("The Flood") < _text(built.body("one")).index("The Deed") or not shown


@pytest.mark.core
@both
def test_one_file_included_on_two_pages_keeps_both_copies(build: Build, markup: Markup) -> None:
    shared = markup.text(
        f"The river rose {markup.span('cite', 'flood')}.",
        markup.block("ednote", "n", "A shared note.", on="river"),
        markup.block("passage", "p", "Words of a passage.", source="flood"),
        markup.block("source", "flood", title="The Flood"),
    )
    include = markup.directive("include", "shared.inc", {}, "")
    files = _site(markup, one=[markup.block("edition", "one"), include], two=[markup.block("edition", "two"), include])
    built = build({**files, "shared.inc": shared}, nitpicky=True)
    assert not built.warnings
    assert not pages.faults(built.out)
    for name, note, passage in (("one", "n", "p"), ("two", "n--two", "p--two")):
        assert "A shared note." in _text(_by_id(built, name, f"ednote-{note}"))
        assert _by_id(built, name, f"passage-{passage}") is not None
        assert "The Flood" in _text(built.body(name))


@pytest.mark.core
@both
def test_a_note_can_be_marked_on_another_page(build: Build, markup: Markup) -> None:
    files = _site(
        markup,
        one=[markup.block("edition", "one"), "The river rose.", markup.block("ednote", "n", "A note.", on="river")],
        two=[f"See the note {markup.span('noteref', 'n')} there."],
    )
    built = build(files, nitpicky=True)
    assert not built.warnings
    mark = _by_id(built, "two", "mark-n--two--1")
    links = [mark, *mark.iter("a")] if mark.tag == "a" else list(mark.iter("a"))
    assert "one.html#ednote-n" in {link.get("href") for link in links}
    back = {link.get("href") for link in _by_id(built, "one", "ednote-n").iter("a")}
    assert {"#mark-n", "two.html#mark-n--two--1"} <= back


@pytest.mark.core
@both
@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_an_uncited_source_fails_no_strict_build(build: Build, markup: Markup, builder: str) -> None:
    files = _site(markup, one=["Words.", markup.block("source", "flood", title="The Flood")])
    built = build(files, builder, nitpicky=True)
    assert not built.warnings
    assert len(built.about("uncited")) == 1


def test_sources_folder_is_never_written_to(build: Build) -> None:
    files = _site(MYST, one=[MYST.block("edition", "one"), f"Words {MYST.span('cite', 'nothing')}."])
    built = build(files)
    source = Path(built.app.srcdir)
    assert {path.relative_to(source).as_posix() for path in source.rglob("*")} == {*files, "conf.py"}
