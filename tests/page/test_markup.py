"""The page as it is written: ids, links and weight; and what the margin is told of heights."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinx_annot
from sphinx_annot.transforms.margin import FAR, FOLDED, Beside, settle
from tests.page import texts
from tests.projects import Built, Project

if TYPE_CHECKING:
    import lxml.html

STATIC = Path(sphinx_annot.__file__).parent / "static"
DOCNAMES = ("places", "second", "registers", "arabic", "crowded")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(tmp_path_factory.mktemp("markup"))
    project.write(texts.files())
    project.configure(**texts.CONFIG)
    return project.build()


def _ids(tree: lxml.html.HtmlElement) -> list[str]:
    return [str(name) for name in tree.xpath("//@id")]


@pytest.mark.parametrize("docname", DOCNAMES)
def test_ids_are_unique_and_links_resolve(built: Built, docname: str) -> None:
    tree = built.page(docname)
    assert not [name for name, count in Counter(_ids(tree)).items() if count > 1]
    for href in tree.xpath("//*[contains(@class, 'annot-edition')]//a/@href"):
        page, _, name = href.partition("#")
        if name and "://" not in page:
            target = built.page(page.removesuffix(".html") or docname)
            assert name in _ids(target), href


@pytest.mark.parametrize("docname", ["places", "arabic", "crowded"])
def test_marks_notes_and_ways_back_agree(built: Built, docname: str) -> None:
    tree = built.page(docname)
    marks = {(mark.get("href")[1:], mark.get("id")) for mark in tree.xpath("//a[@role='doc-noteref']")}
    backs = {
        (note.get("id"), back.get("href")[1:])
        for note in tree.xpath("//aside[@role='doc-footnote']")
        for back in note.xpath(".//a[@role='doc-backlink']")
    }
    assert len(marks) > 5
    assert marks == backs


@pytest.mark.parametrize("docname", ["places", "arabic", "crowded"])
def test_notes_are_chained_in_the_order_of_the_page(built: Built, docname: str) -> None:
    styles = [
        note.get("style") or "" for note in built.page(docname).xpath("//aside[not(contains(@class, 'annot-orphan'))]")
    ]
    names = [re.search(r"--annot-name:(--annot-n-[\w-]+)", style) for style in styles]
    afters = [re.search(r"--annot-after:(--annot-n-[\w-]+)", style) for style in styles]
    assert len(styles) > 5
    assert afters[0] is None
    assert [after and after[1] for after in afters[1:]] == [name and name[1] for name in names[:-1]]
    anchors = built.page(docname).xpath("//a[contains(@style, '--annot-m-')]/@style")
    assert len(anchors) == len(set(anchors)) == len(styles)


def test_a_page_without_notes_loads_nothing_of_ours(built: Built) -> None:
    assert "annot" not in built.read("plain.html")
    assert "annot.css" in built.read("registers.html")


def test_the_stylesheet_and_the_script_are_light() -> None:
    assert len(gzip.compress((STATIC / "annot.css").read_bytes())) <= 6 * 1024
    assert len(gzip.compress((STATIC / "annot.js").read_bytes())) <= 4 * 1024


def test_what_blocks_in_the_head_is_short(built: Built) -> None:
    (script,) = built.page("places").xpath("//head/script[contains(., 'annot-off')]")
    assert len(script.text.encode()) <= 300
    assert not built.page("registers").xpath("//head/script[contains(., 'annot-off')]")


def test_names_in_switches_cannot_leave_the_style(tmp_path: Path) -> None:
    project = Project(tmp_path)
    kind = '"]{}</style><script>x'
    note = f":::{{annot:ednote}} n\n:on: some\n:kind: '{kind}'\n\nA note.\n:::\n"
    project.write({"index.md": f"# Title\n\nWords of some text.\n\n{note}"})
    project.configure(annot_reader_controls=True, annot_kinds={kind: {"title": "<b>"}})
    page = project.build()
    assert "<script>x" not in page.read("index.html")
    assert page.page().xpath("//input[starts-with(@value, 'kind:')]")
    assert " " not in page.page().xpath("//input[starts-with(@value, 'kind:')]/@value")[0]


def test_paragraph_numbers_count_the_authors_text(built: Built) -> None:
    numbered = built.page("places").xpath("//a[contains(@class, 'annot-pnum')]")
    assert [link.get("data-annot-n") for link in numbered] == [str(number) for number in range(1, len(numbered) + 1)]
    assert not [link for link in numbered if link.text_content()]
    places = {link.get("href") for link in numbered}
    assert {"#para-1", "#passage-lund"} <= places
    outside = "ancestor::aside or ancestor::li or ancestor::*[contains(@class, 'annot-backmatter')]"
    assert not built.page("places").xpath(f"//a[contains(@class, 'annot-pnum')][{outside}]")


def test_an_edition_with_a_language_says_so(built: Built) -> None:
    (edition,) = built.page("arabic").xpath("//*[contains(@class, 'annot-edition')]")
    assert (edition.get("lang"), edition.get("dir")) == ("ar", "rtl")


def test_notes_that_fit_are_left_alone() -> None:
    notes = [Beside(line=line, height=4) for line in (3, 20, 40)]
    assert settle(notes, 60) == (0, 0, 0)
    assert not any(note.fold or note.far for note in notes)


def test_a_long_note_is_folded_and_the_end_knows_it() -> None:
    note = Beside(line=5, height=40, long=True)
    folded, one, opened = settle([note], 12)
    assert note.fold == "long"
    assert 0 < folded < one <= opened
    assert opened > 20


def test_crowded_notes_are_folded_until_they_stand_near_their_marks() -> None:
    notes = [Beside(line=line, height=9) for line in range(0, 60, 3)]
    settle(notes, 60)
    assert {note.fold for note in notes} == {"line"}
    assert not [note for note in notes if note.far == "always"]
    assert notes[-1].far == "open"


def test_a_crowd_folds_nothing_elsewhere() -> None:
    crowd = [Beside(line=line, height=9) for line in range(0, 30, 3)]
    alone = Beside(line=500, height=9)
    settle([*crowd, alone], 520)
    assert not alone.fold
    assert not alone.far


def test_what_cannot_be_folded_near_says_where_it_belongs() -> None:
    notes = [Beside(line=1, height=2) for _ in range(30)]
    settle(notes, 10)
    assert notes[0].far == ""
    assert notes[-1].far == "always"
    assert [note.far for note in notes] == sorted((note.far for note in notes), key=["", "open", "always"].index)
    assert min(FOLDED.values()) < FAR


def test_one_page_of_all_documents_has_no_id_twice(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(texts.files())
    project.configure(**texts.CONFIG)
    built = project.build("singlehtml")
    names = _ids(built.page("index"))
    assert not [name for name, count in Counter(names).items() if count > 1]
    assert {"para-1--places", "para-1--crowded"} <= set(names)
    assert len(built.page("index").xpath("//*[contains(@class, 'annot-tail')]")) == 3
