"""Footnotes of the author's own, where notes take them along to another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builds import pages
from tests.markup import BOTH, Markup

if TYPE_CHECKING:
    from tests.projects import Project


def _files(markup: Markup) -> dict[str, str]:
    text = markup.text(
        markup.heading("The river", 1),
        markup.block("edition", "river"),
        "The river rose in the night.",
        markup.toctree(["layer"]),
    )
    layer = markup.text(
        markup.heading("A layer", 1),
        markup.block("edition", "layer"),
        markup.block("layer", in_="index"),
        f"Words of its own {markup.mark('own')}.",
        markup.block("ednote", "note", f"A note {markup.mark('taken')}.", on="rose"),
        markup.footnote("own", "Footnote to its own words."),
        markup.footnote("taken", "Footnote to the note."),
    )
    return {f"index{markup.suffix}": text, f"layer{markup.suffix}": layer}


@pytest.mark.parametrize("footnotes", ["edition", "all", "native"])
@pytest.mark.parametrize("markup", BOTH, ids=str)
def test_a_footnote_to_a_note_of_a_layer_stays_there_too(project: Project, markup: Markup, footnotes: str) -> None:
    project.configure(annot_footnotes=footnotes)
    project.write(_files(markup))
    built = project.build()
    assert not built.warnings
    assert not pages.faults(built.out)
    for name, count in (("index", 1), ("layer", 1)):
        assert built.body(name).text_content().count("Footnote to the note.") == count


@pytest.mark.parametrize("footnotes", ["edition", "all", "native"])
@pytest.mark.parametrize("markup", BOTH, ids=str)
@pytest.mark.parametrize("builder", ["latex", "text", "man", "singlehtml"])
def test_other_outputs_have_it_too(project: Project, markup: Markup, footnotes: str, builder: str) -> None:
    project.configure(annot_footnotes=footnotes, man_pages=[("index", "river", "The river", [], 1)])
    project.write(_files(markup))
    built = project.build(builder)
    assert not built.warnings
    text = "".join(path.read_text() for path in built.out.rglob("*") if path.suffix in {".tex", ".txt", ".1", ".html"})
    assert text.count("Footnote to the note.") >= 2
