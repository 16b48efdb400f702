"""The marks in the text: their labels, where they lead, and what a screen reader says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.domain import address, lead
from sphinx_annot.language import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Element, Node
    from sphinx.builders import Builder

    from sphinx_annot.model.pages import PageMark, PageNote, Way


class Links:
    """Links from one page to places on this and other pages."""

    def __init__(self, builder: Builder, docname: str) -> None:
        self.builder = builder
        self.docname = docname

    def lead(self, node: Element, way: Way) -> Element:
        """Let a node lead to a place."""
        return lead(node, self.builder, self.docname, way.docname, way.id)

    def address(self, way: Way) -> dict[str, str]:
        """Return the attributes of a link to a place."""
        return address(self.builder, self.docname, way.docname, way.id)

    def ways_back(self, ways: Sequence[Way], names: Sequence[str]) -> list[tuple[dict[str, str], str, str]]:
        """Return the links from a note or source to its marks: where to, the arrow, what a screen reader says.

        They are attributes, since a node for each would be the most of all nodes of a page.
        """
        arrows = ["↩"] if len(ways) == 1 else [f"↩{number}" for number in range(1, len(ways) + 1)]
        return list(zip(map(self.address, ways), arrows, names, strict=True))

    def reference(self, words: str, way: Way, *classes: str) -> nodes.reference:
        """Return a plain link."""
        node = nodes.reference("", "", nodes.inline("", words), internal=True, classes=list(classes))
        self.lead(node, way)
        return node


def source_marks(marks: Sequence[PageMark], links: Links, language: str, *, copy: bool = False) -> Node:
    """Return the marks of a citation: one, or several in one pair of brackets."""
    text = labels(language)
    shown = [mark for mark in marks if mark.label]
    if len(shown) == 1:
        mark = shown[0]
        node = _mark(mark, f"[{_printed(mark)}]", links, copy=copy)
        node["name"] = text["source_mark"].format(mark=f"[{_printed(mark)}]")
        return node
    group = annot.annot_group("", series="sources")
    group += annot.annot_generated("", "[")
    for number, mark in enumerate(shown):
        if number:
            # a locator has commas of its own: then semicolons part the sources
            group += annot.annot_generated("", "; " if any(item.locator for item in shown) else ", ")
        node = _mark(mark, _printed(mark), links, copy=copy)
        node["name"] = text["source_mark"].format(mark=_printed(mark))
        group += node
    group += annot.annot_generated("", "]")
    return group


def note_mark(mark: PageMark, links: Links, language: str, note: PageNote | None, *, copy: bool = False) -> Node:
    """Return the mark of a note or of an author's footnote."""
    text = labels(language)
    node = _mark(mark, mark.label, links, copy=copy)
    name = "footnote_mark" if mark.what == "footnote" else "note_mark"
    node["name"] = text[name].format(mark=mark.label)
    if note is not None:
        node["kind"] = note.kind
        node["note"] = note.id
        if note.note.layer and note.origin != links.docname:
            node["layer"] = note.origin
    return node


def _mark(mark: PageMark, words: str, links: Links, *, copy: bool) -> annot.annot_mark:
    node = annot.annot_mark("", words, what=mark.what, series=mark.series, label=mark.label)
    if mark.id and not copy:
        node["ids"] = [mark.id]
    if mark.to is not None:
        links.lead(node, mark.to)
    return node


def _printed(mark: PageMark) -> str:
    return f"{mark.label}, {mark.locator}" if mark.locator else mark.label
