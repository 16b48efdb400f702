"""Cut the text of a block at the bounds of lemmas, and put marks at points of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes

from sphinx_annot import nodes as annot
from sphinx_annot.transforms.text import MARKS, leaves, position, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Element, Node


def cut(
    block: Element, spans: Sequence[tuple[int, int, str]], marks: Sequence[tuple[int, Node]]
) -> list[annot.annot_lemma]:
    """Wrap the words of each span, insert each mark at its offset in the order given; return the wrappers.

    ``spans`` are start, end and the element id of a note. Spans may overlap: the text is cut at every
    bound, and a piece inside several spans is wrapped for each, the span that begins first outermost.
    """
    _join(block)
    spans = sorted(spans, key=lambda span: (span[0], -span[1]))
    bounds = sorted({bound for start, end, _ in spans for bound in (start, end)} | {at for at, _ in marks})
    ends: dict[int, Node] = {}
    lemmas: list[annot.annot_lemma] = []
    offset = 0
    for node, what, words in list(leaves(block)):
        start, end = offset, offset + len(words)
        offset = end
        if not words or what == "break":
            continue
        inside = [bound for bound in bounds if start < bound < end] if what == "text" else []
        if what == "text" and (inside or _covering(spans, start, end)):
            _cut_text(cast("nodes.Text", node), start, [*inside, end], spans, ends=ends, lemmas=lemmas)
            continue
        if what in {"atom", "gap"} and (covering := [name for low, high, name in spans if low < end and high > start]):
            node = _wrap(node, covering, lemmas)  # noqa: PLW2901 (what stands in its place from now on)
        for bound in bounds:
            if start < bound <= end:
                ends[bound] = node
    _insert(block, marks, ends)
    return lemmas


def _join(parent: Element) -> None:
    """Make one text node of those that stand side by side: one markup makes several where the other makes one."""
    before: Node | None = None
    adjacent = False
    for child in parent.children:
        if isinstance(child, nodes.Text):
            adjacent = adjacent or isinstance(before, nodes.Text)
        elif child.children:
            _join(cast("Element", child))
        before = child
    if not adjacent:
        return
    joined: list[Node] = []
    for child in parent.children:
        if joined and isinstance(child, nodes.Text) and isinstance(joined[-1], nodes.Text):
            joined[-1] = nodes.Text(joined[-1] + child)
        else:
            joined.append(child)
    parent.children = []
    parent.extend(joined)


def _covering(spans: Sequence[tuple[int, int, str]], start: int, end: int) -> list[str]:
    return [name for low, high, name in spans if low <= start and end <= high]


def _cut_text(
    text: nodes.Text,
    start: int,
    bounds: Sequence[int],
    spans: Sequence[tuple[int, int, str]],
    *,
    ends: dict[int, Node],
    lemmas: list[annot.annot_lemma],
) -> None:
    words = text.astext()
    pieces: list[Node] = []
    at = start
    for bound in bounds:
        piece: Node = nodes.Text(words[at - start : bound - start])
        for name in reversed(_covering(spans, at, bound)):
            piece = _lemma(piece, name, lemmas)
        pieces.append(piece)
        ends[bound] = piece
        at = bound
    put(text, *pieces)


def _lemma(piece: Node, name: str, lemmas: list[annot.annot_lemma]) -> annot.annot_lemma:
    lemma = annot.annot_lemma("", "", piece, notes=[name])
    lemmas.append(lemma)
    return lemma


def _wrap(node: Node, names: Sequence[str], lemmas: list[annot.annot_lemma]) -> Node:
    parent = node.parent
    index = position(node)
    piece = node
    for name in reversed(names):
        piece = _lemma(piece, name, lemmas)
    parent[index] = piece
    return piece


def _insert(block: Element, marks: Sequence[tuple[int, Node]], ends: dict[int, Node]) -> None:
    last: dict[int, Node] = {}
    for offset, mark in marks:
        after = last.get(offset) or _behind(block, ends.get(offset))
        last[offset] = mark
        if after is None:
            block.insert(0 if offset == 0 and ends else len(block.children), mark)
        else:
            after.parent.insert(position(after) + 1, mark)


def _behind(block: Element, node: Node | None) -> Node | None:
    """Return what a mark can follow: out of links and of markup that ends here, behind the author's own marks."""
    if node is None:
        return None
    at = node
    while at.parent is not block and isinstance(at.parent, nodes.Inline | nodes.reference):
        around = cast("Element", at.parent)
        is_link = isinstance(around, nodes.reference | addnodes.pending_xref)
        if not is_link and around.children[-1] is not at and not _in_link(at, block):
            break
        at = around
    siblings = cast("Element", at.parent).children
    index = position(at)
    while index + 1 < len(siblings) and isinstance(siblings[index + 1], MARKS):
        index += 1
    return siblings[index]


def _in_link(node: Node, block: Element) -> bool:
    while node.parent is not None and node is not block:
        node = node.parent
        if isinstance(node, nodes.reference | addnodes.pending_xref):
            return True
    return False
