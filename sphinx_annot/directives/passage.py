"""``annot:passage``: words taken from a source, as a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot import nodes as annot
from sphinx_annot.directives.base import AnnotDirective, option_spec
from sphinx_annot.domain import edition_language, read_locator
from sphinx_annot.language import quotation_marks
from sphinx_annot.model.problems import Code
from sphinx_annot.model.values import clip, is_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes


class PassageDirective(AnnotDirective):
    """A quoted passage with its attribution."""

    option_spec = option_spec("source", "locator", "speaker", "language", "original", "unchecked")

    def build(self) -> list[nodes.Node]:
        """Make the passage; its attribution ends with the place of the source's mark."""
        node = annot.annot_passage("", classes=self.options.get("class", []))
        node["annot_id"] = self.identifier()
        node["speaker"] = self.person("speaker")
        for name in ("language", "original", "unchecked"):
            node[name] = self.text(name)
        node["source_key"] = self._source()
        node["locator"] = self._locator()
        self.set_source_info(node)
        node.extend(self.body())
        # the words as written: typography and translation come later
        marks = quotation_marks(edition_language(self.env))
        node["words"] = annot.quoted_words(node, marks.opening, marks.closing)
        if not node.children:
            self.complain(Code.OPTION, "the passage has no words; write them below the options, after an empty line")
        node.extend(self._attribution(node))
        self.add_name(node)
        return [node]

    def _source(self) -> str:
        key = self.text("source")
        if key and not is_key(key):
            self.complain(Code.OPTION, f':source: "{clip(key)}" is no key; write the key of one source')
            return ""
        return key

    def _locator(self) -> str:
        if "locator" not in self.options:
            return ""
        written, trouble = read_locator(self.text("locator"), edition_language(self.env))
        if trouble:
            self.complain(Code.LOCATOR, f":locator: {trouble}")
        return written

    def _attribution(self, passage: nodes.Element) -> Sequence[nodes.Node]:
        if not (passage["source_key"] or passage["speaker"] or passage["locator"]):
            return []
        attribution = annot.annot_attribution("")
        self.set_source_info(attribution)
        if passage["source_key"]:
            # the locator stands before the mark, behind the source's name
            cite = annot.annot_cite("", items=[(passage["source_key"], "")])
            self.set_source_info(cite)
            attribution += cite
        return [attribution]
