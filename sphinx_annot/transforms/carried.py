"""What pages of other documents show of a note, or of the remark on a source, as one digest."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes

from sphinx_annot.model.values import digest
from sphinx_annot.nodes import BLOCK, INDEX, ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils.nodes import Element

#: What changes with the rest of the document, and is not shown.
_UNSEEN = frozenset(
    ("names", "dupnames", "backrefs", "refdoc", "refline", "line", "source", BLOCK, INDEX, ORIGINAL)
)  # fmt: skip


def carried(node: Element, docname: str, footnote: Callable[[str], nodes.footnote | None]) -> str:
    """Return the digest of what a node of a document brings to another page.

    ``footnote`` finds those of the document by their ids: a note takes those that it marks along.
    """
    return digest(*_seen(node, docname, footnote))


def _seen(parent: Element, docname: str, footnote: Callable[[str], nodes.footnote | None]) -> Iterator[str]:
    for node in parent.findall():
        if isinstance(node, nodes.Text):
            yield str(node)
        elif isinstance(node, nodes.footnote_reference):
            found = footnote(node.get("refid", ""))
            if found is not None:
                yield from _seen(found, docname, lambda _: None)
        elif node is not parent:
            element = cast("Element", node)
            seen = {name: value for name, value in element.attributes.items() if value and name not in _UNSEEN}
            yield f"{element.tagname}{seen or ''}{_base(element, docname)}"


def _base(node: Element, docname: str) -> str:
    """Return what a link begins at, if the page that it is written on decides where it leads."""
    if isinstance(node, nodes.reference) and "refid" in node:
        return docname
    if isinstance(node, addnodes.pending_xref) and node.get("refdomain") != "annot":
        return posixpath.dirname(docname)
    return ""
