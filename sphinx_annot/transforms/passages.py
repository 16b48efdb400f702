"""Passages: who said the words, in which language and source, and where it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.language import direction, labels
from sphinx_annot.model.pages import Way
from sphinx_annot.model.values import reference_after
from sphinx_annot.transforms.text import with_names

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from sphinx_annot.transforms.pages import PageMaker


class Passages:
    """Completes the passages of a page."""

    def __init__(self, maker: PageMaker) -> None:
        self.maker = maker

    def make(self) -> None:
        """Say of each passage whose words it has."""
        uids = self.maker.edition.passages_of(self.maker.docname)
        for node, uid in zip(self.maker.by_class[annot.annot_passage], uids, strict=False):
            node["ids"] = with_names(f"passage-{uid}", node)
            key = self.maker.edition.key_of(self.maker.docname, node["source_key"])
            source = self.maker.edition.source_def(key).source if key else None
            if source is not None:
                node["cite"] = source.url
            if node["language"]:
                node["lang"], node["dir"] = node["language"], direction(node["language"])
            if node["original"]:
                self._original(node)
            for attribution in node.findall(annot.annot_attribution):
                self._attribution(attribution, node, key)

    def _original(self, node: Element) -> None:
        text = labels(self.maker.language)
        paragraph = nodes.paragraph("", "", classes=["annot-original"])
        paragraph += annot.annot_generated("", text["original"] + ": ")
        paragraph += nodes.Text(node["original"])
        index = next(
            (n for n, c in enumerate(node.children) if isinstance(c, annot.annot_attribution)), len(node.children)
        )
        node.insert(index, paragraph)

    def _attribution(self, node: Element, passage: Element, key: str) -> None:
        words: list[Node] = []
        if passage["speaker"]:
            words.append(nodes.Text(passage["speaker"]))
        if key:
            reference = reference_after(passage["speaker"], self.maker.edition.source_def(key).source)
            if reference:
                if words:
                    words.append(nodes.Text(", "))
                way = Way(docname=self.maker.docname, id=self.maker.edition.source_id(key, self.maker.docname))
                words.append(self.maker.links.reference(reference, way))
        if passage["locator"]:
            if words:
                words.append(nodes.Text(", "))
            words.append(nodes.Text(passage["locator"]))
        if words and node.children:
            words.append(nodes.Text(" "))
        node[0:0] = words
