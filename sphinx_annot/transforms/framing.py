"""The page around its text: the element it stands in, its switches, the numbers of its paragraphs, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.language import direction, labels
from sphinx_annot.transforms.ending import end_notes
from sphinx_annot.transforms.entries import entry
from sphinx_annot.transforms.fragments import is_boundary
from sphinx_annot.transforms.margin import chain_notes
from sphinx_annot.transforms.reader import controls, number_paragraphs
from sphinx_annot.transforms.text import position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils.nodes import Element

    from sphinx_annot.transforms.pages import PageMaker


class Frame:
    """Gives the page of one document what a stylesheet and a script need around its text."""

    def __init__(self, maker: PageMaker) -> None:
        self.maker = maker

    def make(self) -> None:
        """Put a frame around the page of an HTML format."""
        if self.maker.builder.format != "html":
            return
        body = self.maker.body
        header = self.maker.doc.header
        # a section's writer is Sphinx's, and it writes no language
        if body is self.maker.root or not self._is_whole(body) or (header and header.source.language):
            wrapper = annot.annot_body("", *self.maker.root.children)
            self.maker.root.children = []
            self.maker.root += wrapper
            body = wrapper
        body["classes"].append("annot-edition")
        if header and header.source.language:
            body["lang"], body["dir"] = header.source.language, direction(header.source.language)
        self._equip(body)

    def _is_whole(self, section: Element) -> bool:
        return all(
            child is section
            or isinstance(child, nodes.Invisible | nodes.target | nodes.system_message)
            or is_boundary(child)
            for child in self.maker.root.children
        )

    def _equip(self, body: Element) -> None:
        """Give the page what its stylesheet and its script need."""
        text, settings = labels(self.maker.language), self.maker.domain.settings
        notes = self.maker.standing
        for node in self.maker.by_class[annot.annot_backmatter]:
            node["name"] = text["backmatter"]
        paper = self.maker.builder.name == "epub"
        # in a project of editions other annotated pages stay as they are
        is_edition = self.maker.doc.header is not None or not self.maker.edition.index.editions
        if is_edition and settings.reader_controls and not paper:
            self._add_controls(body, notes, text)
        tail = annot.annot_tail("")
        if is_edition and settings.paragraph_numbers:
            suffix = (
                f"--{self.maker.edition.slug(self.maker.docname)}" if self.maker.builder.name == "singlehtml" else ""
            )
            if number_paragraphs(self.maker.root, suffix, text):
                body["classes"].append("annot-numbered")
                tail["citation"] = self._citation()
                tail["actions"] = [text[name] for name in ("copy_link", "copy_citation", "copied")]
        tail["folded"], tail["one"], tail["open"] = chain_notes(self.maker.root, notes, body, text["more"])
        end_notes(notes)
        if not paper and (tail["open"] or "citation" in tail):
            self.maker.append(tail, body)

    def _add_controls(self, body: Element, notes: list[annot.annot_note], text: Mapping[str, str]) -> None:
        made = controls(
            notes,
            self.maker.kind_title,
            lambda name: self.maker.domain.settings.series[name].title,
            lambda name: self.maker.edition.docs[name].title,
            text,
        )
        if made is None:
            return
        header = next(iter(self.maker.by_class[annot.annot_edition]), None)
        if header is not None and header.parent is not None:
            header.parent.insert(position(header) + 1, made)
        else:
            section = next((child for child in (body, *body.children) if isinstance(child, nodes.section)), body)
            section.insert(int(bool(section.children) and isinstance(section.children[0], nodes.title)), made)

    def _citation(self) -> str:
        """Return the edition as one cites it, up to the place in it."""
        header = self.maker.doc.header
        if header is None:
            return self.maker.doc.title
        source = header.source._replace(title=header.source.title or self.maker.doc.title)
        source = source._replace(url="", archive_url="", doi="", accessed="", rights="", language="")
        return "".join(node.astext() for node in entry(source, self.maker.language)).removesuffix(".")
