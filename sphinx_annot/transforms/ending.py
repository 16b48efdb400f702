"""The end of a note: who wrote it, and the ways back, in the last line of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element

#: What a last paragraph may stand in.
_OPEN = (
    annot.annot_note,
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.list_item,
    nodes.block_quote,
    nodes.definition_list,
    nodes.definition_list_item,
    nodes.definition,
)


def end_notes(notes: Iterable[annot.annot_note]) -> None:
    """Put the end of each note behind its last word, so that it never begins a line of its own.

    A folded note keeps its end outside, below what is folded; one that ends with code, a table or an image has no
    last line of words. Their writer puts the end after the note's last block.
    """
    for note in notes:
        last = None if note.get("fold") else _last_paragraph(note)
        if last is not None:
            last += annot.annot_ending("", note=note)
            note["ended"] = True


def _last_paragraph(parent: Element) -> Element | None:
    blocks = [child for child in parent.children if not isinstance(child, nodes.Invisible)]
    last = blocks[-1] if blocks else None
    if isinstance(last, nodes.paragraph):
        return last
    return _last_paragraph(last) if isinstance(last, _OPEN) else None
