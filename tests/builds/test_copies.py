"""A student's and a teacher's copy from one source: what is left out is nowhere, not even where nobody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builds import pages
from tests.markup import BOTH, Markup

if TYPE_CHECKING:
    from tests.projects import Project

HIDDEN = "Zusammenhang"
KINDS = {"answer": {"title": "Answer", "series": "notes"}}


def _files(markup: Markup) -> dict[str, str]:
    text = markup.text(
        markup.heading("The river", 1),
        markup.block("edition", "river"),
        f"The river rose {markup.span('noteref', 'hidden')} in the night, see {markup.span('ednote', 'hidden')} and "
        f"{markup.span('ednote', 'these words <hidden>')}.",
        markup.block("ednote", "first", "A first note.", on="The river"),
        markup.block("ednote", "hidden", f"{HIDDEN} {markup.span('cite', 'book')}.", on="rose", kind="answer"),
        markup.block("ednote", "", f"{HIDDEN} of no name.", kind="answer"),
        markup.block("ednote", "last", "A last note.", on="night"),
        markup.block("source", "book", title="The Book"),
        markup.block("register", of="notes"),
        markup.toctree(["layer"]),
    )
    layer = markup.text(
        markup.heading("A layer", 1),
        markup.block("layer", in_="index", kind="answer"),
        "Other text of the layer.",
        markup.block("ednote", "layered", f"{HIDDEN} of the layer.", on="in the"),
    )
    return {f"index{markup.suffix}": text, f"layer{markup.suffix}": layer}


@pytest.mark.core
@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("builder", ["html", "singlehtml", "text", "latex", "epub"])
def test_what_is_left_out_is_nowhere(project: Project, markup: Markup, builder: str) -> None:
    project.configure(annot_kinds=KINDS, html_copy_source=False)
    project.write(_files(markup))
    built = project.build(builder, overrides={"annot_exclude_notes": "kind:answer", "nitpicky": True})
    assert not built.warnings
    files = [path for folder in (built.out, project.root / "doctrees") for path in folder.rglob("*") if path.is_file()]
    # an index of words has them in lower case, and stemmed
    assert [path.name for path in files if HIDDEN.lower()[:10].encode() in path.read_bytes().lower()] == []
    assert not built.about("uncited"), "a source cited only in what is left out is no mistake"


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_letters_run_over_what_is_left(project: Project, markup: Markup) -> None:
    project.configure(annot_kinds=KINDS, html_copy_source=False)
    project.write(_files(markup))
    student = project.build(overrides={"annot_exclude_notes": "kind:answer"})
    text = " ".join(student.body().text_content().split())
    assert "see note and these words." in text
    assert "The rivera" in text
    assert "nightb" in text
    assert "Other text of the layer." in student.body("layer").text_content()
    assert not pages.faults(student.out)
    teacher = project.build(overrides={"annot_exclude_notes": ""})
    text = " ".join(teacher.body().text_content().split())
    assert HIDDEN in text
    assert "nightd" in text
    assert not teacher.warnings


@pytest.mark.parametrize("selection", ["by:AB", "layer:layer", "kind:answer,by:AB"])
def test_notes_are_selected_by_person_and_layer_too(project: Project, selection: str) -> None:
    markup = BOTH[0]
    files = _files(markup)
    files["index.md"] += markup.text("More words.", markup.block("ednote", "by-ab", "By a person.", by="AB"))
    project.configure(annot_kinds=KINDS, html_copy_source=False)
    project.write(files)
    text = project.build(overrides={"annot_exclude_notes": selection}).body().text_content()
    assert ("By a person." in text) == ("AB" not in selection)
    assert (f"{HIDDEN} of the layer." in text) == (selection == "by:AB")


@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_what_stands_in_a_note_or_only_its_footnotes_goes_with_it(project: Project, markup: Markup) -> None:
    """References to it lose their links; a footnote that the text marks too stays."""
    project.configure(annot_kinds=KINDS, html_copy_source=False)
    inside = [
        f"{HIDDEN}, see {markup.mark('hidden')} and {markup.mark('both')}.",
        markup.block("ednote", "inner", f"{HIDDEN} within."),
        markup.block("passage", "words", f"{HIDDEN} quoted.", source="book"),
    ]
    blocks = [
        markup.block("edition", "river"),
        f"The river rose {markup.mark('both')} {markup.span('noteref', 'inner')}.",
        f"See {markup.span('ednote', 'that <inner>')} and {markup.span('passage', 'these words <words>')}.",
        markup.block("ednote", "outer", "\n\n".join(inside), kind="answer"),
        markup.footnote("hidden", f"{HIDDEN} in a footnote {markup.span('cite', 'other')}."),
        markup.footnote("both", "Of the text."),
        markup.block("source", "book", title="The Book"),
        markup.block("source", "other", title="Another"),
    ]
    project.write({f"index{markup.suffix}": markup.text(markup.heading("The river", 1), *blocks)})
    built = project.build(overrides={"annot_exclude_notes": "kind:answer", "nitpicky": True})
    assert not built.reports, built.reports
    assert not built.warnings
    files = [path for folder in (built.out, project.root / "doctrees") for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files if HIDDEN.lower()[:10].encode() in path.read_bytes().lower()] == []
    text = " ".join(built.body().text_content().split())
    assert "See that and these words." in text
    assert text.count("Of the text.") == 1
    assert built.page().get_element_by_id("footnote-1") is not None, "what is left out has no number"
