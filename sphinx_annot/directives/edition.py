"""``annot:edition`` and ``annot:backmatter``: what stands before a text and behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot import nodes as annot
from sphinx_annot.directives.base import AnnotDirective, option_spec
from sphinx_annot.directives.source import SourceFields, attributes
from sphinx_annot.domain import set_edition_language
from sphinx_annot.model.problems import Code
from sphinx_annot.model.values import SOURCE_FIELDS, clip, persons

if TYPE_CHECKING:
    from docutils import nodes

_STORE = "annot_edition"


class EditionDirective(SourceFields):
    """The header of the text in this document."""

    option_spec = option_spec(*SOURCE_FIELDS, "place", "subjects")

    def build(self) -> list[nodes.Node]:
        """Make the header, which is filled when the pages are made."""
        name = self.identifier(self.text("title") or self.env.docname)
        source = self.source(name)
        node = annot.annot_edition("", annot_id=name, **attributes(source))
        node["place"] = self.text("place")
        node["subjects"] = list(persons(self.text("subjects")))
        node["classes"] += self.options.get("class", [])
        if first := self.env.current_document.get(_STORE):
            self.complain(
                Code.OPTION, f'a document has one annot:edition, and "{clip(first)}" is it; put this in another'
            )
            node["extra"] = True
        else:
            self.env.current_document[_STORE] = name
            set_edition_language(self.env, source.language)
        self.set_source_info(node)
        node.extend(self.body())
        self.add_name(node)
        return [node]


class BackmatterDirective(AnnotDirective):
    """What follows the text: about the author, rights, disclaimer."""

    optional_arguments = 0
    option_spec = option_spec()

    def build(self) -> list[nodes.Node]:
        """Wrap the content."""
        node = annot.annot_backmatter("", classes=self.options.get("class", []))
        self.set_source_info(node)
        node.extend(self.body(headings=True))
        self.add_name(node)
        return [node]
