"""What stands in the LaTeX file, without LaTeX."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.markup import BOTH, Markup

if TYPE_CHECKING:
    from tests.conftest import Build
    from tests.projects import Project

ROOT = Path(__file__).parent / "roots" / "book"
NAME = r"\\detokenize\{([^}]*)\}"
DEFINED = re.compile(rf"\\label\{{{NAME}\}}")
LED_TO = re.compile(
    rf"\\hyperref\[{NAME}\]|\\annotcite\{{{NAME}|\\annotmark\{{[^}}]*\}}\{{[^}}]*\}}\{{{NAME}"
    rf"|\\annot(?:first)?back\{{{NAME}|\\annotlink\{{{NAME}|\\begin\{{annot(?:end)?note\}}\{{.*?\}}\{{.*?\}}\{{{NAME}"
)


def _tex(build: Build, markup: Markup, *blocks: str, **config: object) -> str:
    text = markup.text(markup.heading("Inn", 1), *blocks)
    return build({f"index{markup.suffix}": text}, "latex", **config).read("project.tex")


def _note(markup: Markup, name: str, body: str = "A note.", **options: str) -> str:
    return markup.block("ednote", name, body, **options)


def test_every_label_is_there_once_and_every_link_has_one(project: Project) -> None:
    shutil.copytree(ROOT, project.src, dirs_exist_ok=True)
    tex = project.build("latex").read("book.tex")
    labels = Counter(DEFINED.findall(tex))
    assert {label: number for label, number in labels.items() if number > 1} == {}
    targets = {name for match in LED_TO.findall(tex) for name in match if name}
    assert len(targets) > 50
    assert targets - set(labels) == set()


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_a_note_stands_at_its_mark_and_leads_back(build: Build, markup: Markup) -> None:
    tex = _tex(build, markup, f"The ford {markup.span('noteref', 'deep')} is deep.", _note(markup, "deep"))
    mark, note, rest = (
        tex.index(words)
        for words in (
            r"\annotmark{notes}{a}{\detokenize{index:ednote-deep}}",
            r"\begin{annotnote}{notes}{a}{\detokenize{index:mark-deep}}",
            r"\end{annotnote} is deep.",
        )
    )
    assert mark < note < rest


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_a_note_stands_behind_the_argument_that_holds_its_mark(build: Build, markup: Markup) -> None:
    """Code in a note cannot be in the argument of a macro."""
    tex = _tex(
        build,
        markup,
        f"The {markup.strong('old and deep')} ford.",
        _note(markup, "deep", on="old"),
    )
    strong = re.search(r"\\sphinxstylestrong\{.*\}(?=%\n\\begin\{annotnote\})", tex)
    assert strong is not None
    assert r"\annotmark" in strong[0]
    assert strong[0].count("{") == strong[0].count("}")


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_notes_from_inside_a_block_stand_before_the_one_on_the_whole(build: Build, markup: Markup) -> None:
    tex = _tex(
        build,
        markup,
        markup.directive("list-table", "", {}, "* - The ford\n  - Ice"),
        _note(markup, "whole"),
        _note(markup, "ford", on="The ford"),
        _note(markup, "ice", on="Ice"),
    )
    assert re.findall(r"begin\{annotnote\}\{notes\}\{(.)\}", tex) == ["a", "b", "c"]


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_no_footnote_carries_a_letter(build: Build, markup: Markup) -> None:
    tex = _tex(
        build,
        markup,
        markup.block("edition", "inn"),
        f"One{markup.mark('own') if markup.name == 'myst' else ' ' + markup.mark('own')} and the ford.",
        markup.footnote("own", "By the author."),
        _note(markup, "deep", on="the ford"),
        _note(markup, "question", on="One", kind="answer"),
        annot_kinds={"answer": {"title": "Answer", "series": "teacher"}},
        annot_series={"teacher": {"title": "For teachers", "style": "upper-roman"}},
    )
    assert r"{footnote}" not in tex
    found = re.findall(r"\\begin\{annotnote\}\{(\w+)\}\{(\w+)\}", tex)
    assert sorted(found) == [("footnotes", "1"), ("notes", "a"), ("teacher", "I")]


def test_footnotes_stay_those_of_sphinx_where_there_is_no_edition(build: Build) -> None:
    tex = build({"index.md": "# Inn\n\nOne[^own].\n\n[^own]: By the author.\n"}, "latex").read("project.tex")
    assert r"\begin{footnote}[1]" in tex
    assert r"\begin{annotnote}" not in tex


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_marks_at_one_place_are_kept_apart(build: Build, markup: Markup) -> None:
    notes = [_note(markup, name, on="deep") for name in ("one", "two")]
    tex = _tex(build, markup, "The ford is deep.", *notes)
    assert re.search(r"\\annotmark\{notes\}\{a\}.*\\annotmarksep\{\}\\annotmark\{notes\}\{b\}", tex)


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_marks_of_a_heading_are_said_before_it(build: Build, markup: Markup) -> None:
    tex = _tex(
        build,
        markup,
        markup.heading(f"The ford {markup.span('noteref', 'deep')}", 2),
        _note(markup, "deep"),
        "It is deep.",
    )
    assert tex.index(r"\annothold{1}{ \annotmark{notes}{a}") < tex.index(r"{The ford\annotheld{1}}")
    assert re.search(r"\\label\{\\detokenize\{index:mark-deep\}\}\n", tex)
    assert tex.index(r"\sphinxAtStartPar" + "\n%\n" + r"\begin{annotnote}") < tex.index("It is deep.")


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_the_title_of_the_book_is_repeated_if_it_has_marks(build: Build, markup: Markup) -> None:
    title = f"The ford {markup.span('noteref', 'deep')}"
    text = markup.text(markup.heading(title, 1), _note(markup, "deep"), "It is deep.")
    tex = build({f"index{markup.suffix}": text}, "latex").read("project.tex")
    assert re.search(r"\\begin\{annottitle\}The ford .*\\annotmark\{notes\}\{a\}", tex)
    assert "annottitle" not in _tex(build, markup, "Plain.", _note(markup, "deep", on="Plain"))


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_what_is_printed_at_the_end_is_no_footnote(build: Build, markup: Markup) -> None:
    notes = [_note(markup, name, on="deep", placement=name) for name in ("foot", "end")]
    tex = _tex(build, markup, "The ford is deep.", *notes, _note(markup, "lost", on="nowhere"))
    assert tex.count(r"\begin{annotendnote}") == 3
    assert r"\begin{annotnote}" not in tex
    assert r"\annotsought{nowhere}" in tex


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_labels_and_names_are_escaped(build: Build, markup: Markup) -> None:
    tex = _tex(
        build,
        markup,
        "The ford is deep.",
        _note(markup, "deep", on="deep", by="A & B_{C} 100%"),
        annot_series={"notes": {"title": "", "style": "#%"}},
    )
    assert r"\annotby{A \& B\_\{C\} 100\%}" in tex
    assert r"\annotmark{notes}{\#}" in tex


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_words_against_the_direction_of_a_passage_are_marked(build: Build, markup: Markup) -> None:
    words = "שלום New York בשנת 2019, שלום"
    tex = _tex(
        build,
        markup,
        markup.block("passage", "greeting", words, source="book", language="he"),
        markup.block("source", "book", title="ספר Two 2 שלום ספר", language="he"),
    )
    assert r"\begin{annotpassage}{he}{rtl}" in tex
    assert r"שלום \annotltr{New York} בשנת \annotltr{2019}, שלום" in tex
    assert r"\annotrtl{ספר} Two 2 \annotrtl{שלום ספר}" in tex


def test_what_another_book_has_is_printed_without_a_link(build: Build) -> None:
    files = {
        "index.md": "# Index\n\n```{toctree}\none\ntwo\nlayer\n```\n",
        "one.md": "# One\n\nSee {annot:ednote}`deep`, {annot:noteref}`deep` and {annot:edition}`two`.\n\n"
        ":::{annot:source} deed\n:title: Deed\n:::\n\n{annot:cite}`deed`\n",
        "two.md": "# Two\n\n:::{annot:edition} two\n:::\n\nThe ford is old {annot:cite}`deed`.\n\n"
        ":::{annot:ednote} deep\n:on: ford\nA note.\n:::\n",
        "layer.md": "# Layer\n\n:::{annot:layer}\n:in: two\n:::\n\n"
        ":::{annot:ednote} old\n:on: old\nSee {annot:ednote}`deep` and {annot:cite}`deed`.\n:::\n",
    }
    books = [(name, f"{name}.tex", name, "X", "manual") for name in ("one", "two")]
    built = build(files, "latex", latex_documents=books)
    assert not [line for line in built.warnings.splitlines() if "toctree" not in line]
    for name in ("one", "two"):
        tex = built.read(f"{name}.tex")
        targets = {target for match in LED_TO.findall(tex) for target in match if target}
        assert targets
        assert targets <= set(DEFINED.findall(tex))
    sentence = next(line for line in built.read("one.tex").splitlines() if line.startswith("See "))
    assert "note a" in sentence
    assert "hyperref" not in sentence
