"""Notes at their places: each behind the block that its mark is in, at a section's foot, or at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.language import labels
from sphinx_annot.model.pages import Way
from sphinx_annot.model.values import first_words
from sphinx_annot.transforms.fragments import is_boundary
from sphinx_annot.transforms.text import with_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element, Node

    from sphinx_annot.model.pages import PageNote
    from sphinx_annot.transforms.pages import PageMaker

#: What a note may stand in. Inside anything else it would be cut off, or be no valid markup.
_HOLDERS = (nodes.section, nodes.document, nodes.list_item, nodes.block_quote, annot.annot_backmatter)
_LISTS = (nodes.bullet_list, nodes.enumerated_list)


class Standing:
    """Brings the notes of a page, and the author's footnotes among them, to their places."""

    def __init__(self, maker: PageMaker) -> None:
        self.maker = maker
        #: note -> how another one is put to the same place, and what that is
        self._put: dict[int, tuple[Callable[[Element, Element], None], Element]] = {}

    def make(self) -> None:
        """Put each note where it stands; keep those that stand nowhere for the lists at the end."""
        order = self._in_page_order()
        for rank, item in enumerate(order):
            item[0]["rank"] = rank
            self._stand(item)
        self.maker.standing = [node for node, _ in order]
        self._clear_footnote_rule()
        self.maker.shelf.settle()

    def _in_page_order(self) -> list[tuple[annot.annot_note, PageNote | None]]:
        """Return the notes and the author's footnotes, in the order in which their marks come."""
        items: dict[str, tuple[annot.annot_note, PageNote | None]] = {}
        for note in self.maker.page.notes:
            node = self.maker.bodies.get((note.origin, note.index))
            if node is not None:
                self._describe_note(cast("annot.annot_note", node), note)
                items[note.id] = (cast("annot.annot_note", node), note)
        for footnote in (
            self.maker.by_class[nodes.footnote] if self.maker.edition.footnotes_beside(self.maker.docname) else ()
        ):
            made = self._footnote(cast("nodes.footnote", footnote))
            if made is not None:
                items[made["ids"][0]] = (made, None)
        return [items[name] for name in self.maker.page.order if name in items]

    def _describe_note(self, node: annot.annot_note, note: PageNote) -> None:
        text = labels(self.maker.language)
        # what the author calls it is its name in its own document only
        node["ids"] = with_names(note.id, node) if note.origin == self.maker.docname else [note.id]
        node["label"], node["series"], node["kind"] = note.label, note.series, note.kind
        node["kind_title"] = self.maker.kind_title(note.kind)
        node["by"] = note.note.by
        node["state"] = note.placement.state
        node["words"] = first_words(note.placement.words or note.note.on, 80)
        node["placement"] = note.note.placement or self.maker.domain.settings.placement
        if note.note.layer and note.origin != self.maker.docname:
            node["layer"] = note.origin
        name = text["note_mark"].format(mark=note.label)
        node["name"] = ", ".join(
            part for part in (name, node["kind_title"], note.note.by and text["by"].format(names=note.note.by)) if part
        )
        self._backlinks(node, note.label, [Way(docname=self.maker.docname, id=mark) for mark in note.marks] + note.ways)

    def _backlinks(self, node: Element, label: str, ways: list[Way]) -> None:
        text = labels(self.maker.language)["back_mark"]
        only = len(ways) == 1
        names = [text.format(mark=label if only else f"{label} ({number})") for number in range(1, len(ways) + 1)]
        node["ways"] = self.maker.links.ways_back(ways, names)

    def _footnote(self, footnote: nodes.footnote) -> annot.annot_note | None:
        """Turn an author's footnote into a note beside the text."""
        found = self.maker.page.footnotes.get(footnote["ids"][0] if footnote["ids"] else "")
        if found is None:
            return None
        label = found.footnote.label
        body = [child for child in footnote.children if not isinstance(child, nodes.label)]
        node = annot.annot_note("", *body, ids=[found.id], label=label, series="footnotes", kind="", by="")
        node["kind_title"] = ""
        node["state"] = "mark" if found.marks else "unmarked"
        node["placement"] = self.maker.domain.settings.placement
        node["name"] = labels(self.maker.language)["footnote_mark"].format(mark=label)
        node["words"] = ""
        self._backlinks(node, label, [Way(docname=self.maker.docname, id=mark) for mark in found.marks])
        self.maker.shelf.take(footnote)
        return node

    def _stand(self, item: tuple[annot.annot_note, PageNote | None]) -> None:
        node, note = item
        state = node["state"]
        if state == "orphan" or (state == "unmarked" and note is None):
            self._put_in(self.maker.orphans if note is not None else self.maker.unmarked, node)
            return
        first = self._first_mark(node["ids"][0], note)
        path = path_to(first, self.maker.root) if first is not None else None
        if path is None:
            # no mark on this page: it stays where it was written
            path = path_to(node, self.maker.root)
        if path is None or node["placement"] == "end":
            self._put_in(self.maker.at_end, node)
            return
        around = next((part for part in path if isinstance(part, annot.annot_note)), None)
        if around is not None and id(around) in self._put:
            # marked in a note that has gone elsewhere: it goes along
            put, place = self._put[id(around)]
        elif node["placement"] == "foot":
            section = next((part for part in reversed(path) if isinstance(part, nodes.section)), self.maker.root)
            put, place = self.maker.shelf.put_at_foot, section
        else:
            put, place = self.maker.shelf.put_behind, outermost_closed(path)
        self._put[id(node)] = put, place
        if place is not node:
            self.maker.shelf.take(node)
            put(place, node)

    def _first_mark(self, name: str, note: PageNote | None) -> annot.annot_mark | None:
        """Return the mark that a note stands at: the first in the text, or else in another note."""
        order = {mark: number for number, mark in enumerate(note.marks if note is not None else ())}
        marks = sorted(self.maker.marks_of.get(name, ()), key=lambda mark: order.get("".join(mark["ids"]), 0))
        return next((mark for mark in marks if not _is_in_note(mark)), marks[0] if marks else None)

    def _put_in(self, notes: list[annot.annot_note], node: annot.annot_note) -> None:
        self.maker.shelf.take(node)
        notes.append(node)
        self._put[id(node)] = lambda _, other: notes.append(cast("annot.annot_note", other)), self.maker.root

    def _clear_footnote_rule(self) -> None:
        """Take away the rule that MyST puts before footnotes, once all of them have moved."""
        moved = self.maker.page.footnotes
        if moved and all(node["ids"] and node["ids"][0] in moved for node in self.maker.by_class[nodes.footnote]):
            for node in self.maker.by_class[nodes.transition]:
                if "footnotes" in node["classes"]:
                    self.maker.shelf.take(node)


def _is_in_note(node: Node) -> bool:
    at: Node | None = node
    while at is not None and not isinstance(at, annot.annot_note):
        at = at.parent
    return at is not None


def path_to(node: Node, root: Element) -> list[Element] | None:
    """Return what a node stands in, from the document inwards to itself; None if it hangs nowhere."""
    path = [cast("Element", node)]
    while path[-1] is not root:
        if path[-1].parent is None:
            return None
        path.append(path[-1].parent)
    path.reverse()
    return path


def outermost_closed(path: list[Element]) -> Element:
    """Return the block that a note stands behind: the first thing on the way to its mark that cannot hold it."""
    for number, node in enumerate(path):
        if number == 0 or isinstance(node, _LISTS) or is_boundary(node):
            continue
        if isinstance(node, _HOLDERS) and not isinstance(node, annot.annot_passage):
            continue
        return node
    return path[-1]
