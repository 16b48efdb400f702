"""Notes and remarks that are shown on another page than the one they were written for.

Their cross-references are resolved from the document that they were written in, then led on from the page
that shows them; ids inside are made anew; footnotes come along as paragraphs of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.util.logging import suppress_logging
from sphinx.util.nodes import process_only_nodes
from sphinx.util.osutil import relative_uri

from sphinx_annot import nodes as annot
from sphinx_annot.domain import lead
from sphinx_annot.nodes import INDEX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Element, Node
    from docutils.transforms import Transform
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_APART = (annot.annot_note, annot.annot_source, annot.annot_register)
_BASE = "http://annot.invalid/"


class Fragments:
    """The notes and remarks of the project's documents, each document read once a build."""

    def __init__(self, env: BuildEnvironment, builder: Builder, resolvers: Sequence[type[Transform]]) -> None:
        self.env = env
        self.builder = builder
        self.resolvers = resolvers
        self._read: dict[str, tuple[dict[int, Element], dict[str, Element]]] = {}

    def note(self, docname: str, index: int, host: str, prefix: str) -> annot.annot_note:
        """Return a copy of a note for another page; ids inside begin with ``prefix``."""
        found = self._document(docname)[0][index].deepcopy()
        self._settle(found, docname, host, prefix)
        assert isinstance(found, annot.annot_note)  # noqa: S101 (that is what was collected)
        return found

    def remark(self, docname: str, key: str, host: str, prefix: str) -> list[Node]:
        """Return a copy of the remark on a source for another page."""
        found = self._document(docname)[1].get(key)
        if found is None:
            return []
        copy = found.deepcopy()
        self._settle(copy, docname, host, prefix)
        return list(copy.children)

    def _document(self, docname: str) -> tuple[dict[int, Element], dict[str, Element]]:
        if docname not in self._read:
            self._read[docname] = self._resolve(docname)
        return self._read[docname]

    def _resolve(self, docname: str) -> tuple[dict[int, Element], dict[str, Element]]:
        doctree = self.env.get_doctree(docname)
        process_only_nodes(doctree, self.builder.tags)
        footnotes = {name: node for node in doctree.findall(nodes.footnote) for name in node["ids"]}
        notes: dict[int, Element] = {node[INDEX]: node for node in doctree.findall(annot.annot_note)}
        defined = doctree.findall(annot.annot_source)
        remarks: dict[str, Element] = {node["key"]: node for node in defined if node.children}
        shell = nodes.document(doctree.settings, doctree.reporter)
        for node in list(doctree.findall(lambda node: isinstance(node, _APART))):
            # what stands in a note has a page or a list of its own
            node.parent.remove(node)
        for node in (*notes.values(), *remarks.values()):
            _bring_footnotes(node, footnotes)
            shell += node
        # what is wrong with its references is said where the document's own page is made
        with suppress_logging():
            for transform in self.resolvers:
                transform(shell).apply()
        return notes, remarks

    def _settle(self, node: Element, docname: str, host: str, prefix: str) -> None:
        renamed: dict[str, str] = {}
        for inner in node.findall(nodes.Element):
            if inner is not node and inner["ids"]:
                new = [f"{prefix}--{name}" for name in inner["ids"]]
                renamed.update(zip(inner["ids"], new, strict=True))
                inner["ids"] = new
                inner["names"] = []
        for reference in node.findall(nodes.reference):
            self._lead_on(reference, docname, host, renamed)

    def _lead_on(self, node: nodes.reference, docname: str, host: str, renamed: dict[str, str]) -> None:
        """Make a link lead from the host's page to where it led from the document's own."""
        if "refid" in node:
            name = node["refid"]
            if name in renamed:
                node["refid"] = renamed[name]
            else:
                del node["refid"]
                lead(node, self.builder, host, docname, name)
                node["internal"] = True
            return
        if not node.get("internal") or "refuri" not in node:
            return
        try:
            own = self.builder.get_relative_uri(docname, docname)
        except NoUri:  # the note is taken from another book, and its links were made for this one
            return
        if own == self.builder.get_relative_uri(host, docname):
            return  # one page for all documents: links are the same from everywhere
        page = self.builder.get_target_uri(docname)
        address, fragment = urldefrag(urljoin(_BASE + page, node["refuri"]))
        target = address.removeprefix(_BASE)
        link = relative_uri(self.builder.get_target_uri(host), target)
        node["refuri"] = f"{link}#{fragment}" if fragment else link


def _bring_footnotes(node: Element, footnotes: dict[str, nodes.footnote]) -> None:
    """Put the footnotes of a note behind it, as paragraphs that begin with their label."""
    brought: set[str] = set()
    for reference in list(node.findall(nodes.footnote_reference)):
        label = nodes.superscript("", reference.astext())
        name = reference.get("refid", "")
        footnote = footnotes.get(name)
        reference.replace_self(label)
        if footnote is None or name in brought:
            continue
        brought.add(name)
        body = [child.deepcopy() for child in footnote.children if not isinstance(child, nodes.label)]
        if body and isinstance(body[0], nodes.paragraph):
            body[0].insert(0, nodes.Text(" "))
            body[0].insert(0, nodes.superscript("", reference.astext()))
        node += nodes.container("", *body, classes=["annot-subnote"])


def is_boundary(node: Node) -> bool:
    """Say whether another document begins here, in a tree assembled from several."""
    return isinstance(node, addnodes.start_of_file | nodes.document)
