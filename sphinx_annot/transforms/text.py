"""The text of a block as a reader sees it: one way to walk it, for those who read it and those who cut it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes

from sphinx_annot import nodes as annot
from sphinx_annot.model.fold import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, Node

NO_TEXT = (nodes.raw, nodes.comment, nodes.substitution_definition, nodes.target, nodes.label, nodes.Invisible)
#: Blocks whose writers take their text as a whole, so that nothing can stand inside.
UNBROKEN = (nodes.literal_block, nodes.math_block, nodes.doctest_block)
MARKS = (annot.annot_cite, annot.annot_noteref, nodes.footnote_reference, annot.annot_mark, annot.annot_group)


def leaves(parent: Element) -> Iterator[tuple[Node, str, str]]:
    """Yield what a block consists of: the node, what it is, and its words in the text.

    ``text`` is a text node; ``atom`` has words but cannot be cut; ``gap`` is a cross-reference whose
    words are not known yet; ``mark`` has none; ``break`` separates lines. ``reference`` and ``quote``
    announce a node whose own leaves follow.
    """
    first = True
    for child in list(parent.children):
        if isinstance(child, nodes.Text):
            # a text node keeps the backslashes of its markup; a reader does not see them
            yield child, "text", child.astext()
        elif isinstance(child, MARKS):
            yield child, "mark", ""
        elif isinstance(child, addnodes.pending_xref):
            yield from _reference(child)
        elif isinstance(child, nodes.math) or (isinstance(child, nodes.literal) and "language" in child):
            yield child, "atom", child.astext()
        elif isinstance(child, nodes.line | nodes.line_block):
            if not first:
                yield child, "break", "\n"
            yield from leaves(child)
        elif isinstance(child, annot.annot_quote):
            yield child, "quote", ""
            yield from leaves(child)
        elif isinstance(child, nodes.target) or (
            isinstance(child, nodes.Element)
            and not isinstance(child, (*NO_TEXT, nodes.image, annot.annot_generated, nodes.system_message))
        ):
            yield from leaves(child)
        first = False


def _reference(node: addnodes.pending_xref) -> Iterator[tuple[Node, str, str]]:
    yield node, "reference", ""
    if not (node.get("refexplicit") or node.get("reftype") == "term"):
        yield node, "gap", GAP
    elif node.get("refdomain") == "std":
        # resolved to its plain words: what is cut inside would be lost
        yield node, "atom", node.astext()
    else:
        yield from leaves(node)


def position(node: Node) -> int:
    """Return the place of a node among its siblings: this very node, where docutils takes the first equal text."""
    return next(index for index, sibling in enumerate(node.parent.children) if sibling is node)


def put(node: Node, *replacement: Node) -> None:
    """Put other nodes in the place of this very node."""
    index = position(node)
    node.parent[index : index + 1] = list(replacement)


def with_names(name: str, node: Element) -> list[str]:
    """Return the ids of one of our objects: its own first, then those that the author's names and labels gave it."""
    return [name, *(other for other in node["ids"] if other != name)]


def block_before(note: Element) -> Element | None:
    """Return the block that a note without a lemma is about: what stands before it, or around it.

    Other notes, sources, targets and comments are passed over. A note that begins a list item or a
    definition belongs to what stands before the list, or to the term.
    """
    node: Element = note
    while node.parent is not None:
        siblings = node.parent.children
        for sibling in reversed(siblings[: position(node)]):
            if isinstance(sibling, annot.annot_note | annot.annot_source | nodes.Invisible | nodes.Text):
                continue
            if isinstance(sibling, nodes.footnote | nodes.system_message | nodes.transition):
                continue
            return cast("Element", sibling)
        if isinstance(node.parent, nodes.document):
            return None
        node = node.parent
    return None


def text_end(block: Element) -> Element | None:
    """Return the text that a mark at the end of a block stands in; None for a block that has no such."""
    if isinstance(block, nodes.section):
        last = block.children[-1] if block.children else None
        return text_end(last) if isinstance(last, nodes.Element) else None
    if isinstance(block, annot.annot_passage):
        inside = [child for child in block.children if isinstance(child, nodes.TextElement | nodes.line_block)]
        return text_end(inside[-1]) if inside else None
    if isinstance(block, nodes.figure | nodes.table | nodes.container):
        return next((child for child in block.children if isinstance(child, nodes.caption | nodes.title)), None)
    if isinstance(block, nodes.line_block):
        return text_end(cast("Element", block.children[-1])) if block.children else None
    if isinstance(block, nodes.TextElement) and not isinstance(block, (*UNBROKEN, *NO_TEXT)):
        return block
    return None
