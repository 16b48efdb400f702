"""Move many nodes at once: what is taken away and what is put where is gathered, then done in one pass a parent.

Taking a node out of a parent with thousands of children, or finding its place there, costs a pass over them each time.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.transforms.fragments import is_boundary

if TYPE_CHECKING:
    from docutils.nodes import Element, Node


class Shelf:
    """Nodes on their way from one place to another."""

    def __init__(self) -> None:
        self._taken: dict[int, Element] = {}
        self._behind: dict[int, list[Element]] = defaultdict(list)
        self._foot: dict[int, list[Element]] = defaultdict(list)
        self._parents: dict[int, Element] = {}

    def take(self, node: Element) -> None:
        """Take a node out of its parent, if it has one."""
        if node.parent is not None:
            self._taken[id(node)] = node
            self._parents[id(node.parent)] = node.parent

    def put_behind(self, block: Element, node: Element) -> None:
        """Put a node behind a block, what belongs to the block, and the nodes already put there."""
        self._behind[id(block)].append(node)
        self._parents[id(block.parent)] = block.parent

    def put_at_foot(self, section: Element, node: Element) -> None:
        """Put a node at the end of a section, before its first subsection."""
        self._foot[id(section)].append(node)
        self._parents[id(section)] = section

    def settle(self) -> None:
        """Do all that was asked for."""
        for node in self._taken.values():
            # before any is put elsewhere: a note may be taken out of another one
            node.parent = None
        for parent in self._parents.values():
            self._rebuild(parent)

    def _rebuild(self, parent: Element) -> None:
        foot = self._foot.get(id(parent), [])
        children: list[Node] = []
        waiting: list[Element] = []
        for child in parent.children:
            if waiting and not isinstance(child, annot.annot_markline | annot.annot_edition):
                children.extend(waiting)
                waiting = []
            if foot and (isinstance(child, nodes.section) or _holds_document(child)):
                children.extend(foot)
                foot = []
            if id(child) not in self._taken:
                # what is taken may be put back elsewhere, in the same parent too
                children.append(child)
            waiting += self._behind.get(id(child), [])
        parent.children = [*children, *waiting, *foot]
        for child in parent.children:
            child.parent = parent


def _holds_document(node: Node) -> bool:
    return isinstance(node, nodes.Element) and next(node.findall(is_boundary), None) is not None
