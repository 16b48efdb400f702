"""Notes anchored in the text: their marks at the ends of their lemmas, or on a line below what holds none."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.model.pages import PageMark, Way
from sphinx_annot.transforms.cutting import cut
from sphinx_annot.transforms.marks import note_mark
from sphinx_annot.transforms.text import UNBROKEN, block_before, position

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from sphinx_annot.model.pages import PageNote
    from sphinx_annot.transforms.pages import PageMaker


class Anchors:
    """Makes the marks that no author has written, and the lemmas that belong to them."""

    def __init__(self, maker: PageMaker) -> None:
        self.maker = maker

    def make(self) -> None:
        """Put the marks of notes at their anchors, and wrap their lemmas."""
        spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        marks: dict[int, list[tuple[int, Node]]] = defaultdict(list)
        below: list[tuple[PageNote, annot.annot_mark]] = []
        by_id = {note.id: note for note in self.maker.page.notes}
        for note in self.maker.page.notes:
            place = note.placement
            if not note.anchor_mark or place.end is None:
                continue
            mark = self._anchor_mark(note)
            block = self.maker.blocks.get(place.end.block)
            if place.below or block is None or isinstance(block, UNBROKEN):
                below.append((note, mark))
                continue
            marks[place.end.block].append((place.end.offset, mark))
            if place.start is None:
                continue
            for number in range(place.start.block, place.end.block + 1):
                start = place.start.offset if number == place.start.block else 0
                end = place.end.offset if number == place.end.block else len(self.maker.doc.blocks[number])
                if start < end and number in self.maker.blocks and not isinstance(self.maker.blocks[number], UNBROKEN):
                    spans[number].append((start, end, note.id))
        for number in sorted({*spans, *marks}):
            for lemma in cut(self.maker.blocks[number], spans[number], marks[number]):
                self.maker.describe_lemma(lemma, by_id[lemma["notes"][0]])
        for note, mark in below:
            self._mark_below(note, mark)

    def _anchor_mark(self, note: PageNote) -> annot.annot_mark:
        way = Way(docname=self.maker.docname, id=note.id)
        mark = PageMark(what="note", target=note.uid, id=note.anchor_mark, label=note.label, series=note.series, to=way)
        made = cast("annot.annot_mark", note_mark(mark, self.maker.links, self.maker.language, note))
        made["anchor"] = True
        self.maker.marks_of[note.id].append(made)
        return made

    def _mark_below(self, note: PageNote, mark: annot.annot_mark) -> None:
        """Put a mark on a line of its own below a block that cannot hold it."""
        own = self.maker.bodies.get((note.origin, note.index))
        block: Element | None = None
        if note.placement.below and own is not None and own.parent is not None:
            block = block_before(own)
        elif note.placement.end is not None:
            block = self.maker.blocks.get(note.placement.end.block)
        if (
            block is not None
            and isinstance(block.parent, nodes.container)
            and "literal-block-wrapper" in block.parent["classes"]
        ):
            block = block.parent
        line = self._markline(block, own)
        line += mark

    def _markline(self, block: Element | None, own: Element | None) -> Element:
        anchor = block if block is not None and block.parent is not None else own
        if anchor is None or anchor.parent is None:
            line = annot.annot_markline("")
            self.maker.body.append(line)
            return line
        parent = anchor.parent
        index = position(anchor) + 1
        if index < len(parent.children) and isinstance(parent.children[index], annot.annot_markline):
            return cast("Element", parent.children[index])
        line = annot.annot_markline("")
        parent.insert(index, line)
        return line
