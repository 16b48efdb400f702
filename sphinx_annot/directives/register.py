"""``annot:register``: a collected list of sources, passages or notes."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from sphinx_annot import nodes as annot
from sphinx_annot.directives.base import AnnotDirective, option_spec
from sphinx_annot.model.problems import Code
from sphinx_annot.model.values import persons

if TYPE_CHECKING:
    from docutils import nodes

SORTS = {
    "sources": ("number", "author", "date", "title"),
    "passages": ("text", "by", "date"),
    "notes": ("text", "kind", "by", "date"),
}


class RegisterDirective(AnnotDirective):
    """The place of a register, which is filled when the pages are made."""

    optional_arguments = 0
    option_spec = option_spec("of", "in", "kind", "by", "source", "sort")

    def build(self) -> list[nodes.Node]:
        """Make the place; what stands in the body is printed before the list."""
        of = self.choice("of", SORTS)
        if not self.text("of"):
            self.complain(Code.OPTION, f'a register says what it lists: add ":of:" and one of {", ".join(SORTS)}')
        node = annot.annot_register("", of=of, classes=self.options.get("class", []))
        node["docs"] = self._documents()
        node["sort"] = self.choice("sort", SORTS[of]) if of else ""
        node["by"] = self.person("by")
        for name in ("kind", "source"):
            node[name] = self.text(name)
        self.set_source_info(node)
        self.add_name(node)
        return [*self.body(), node]

    def _documents(self) -> list[str]:
        """Return what ``in`` names, between semicolons; commas and spaces part it too where no document has them."""
        names: list[str] = []
        for part in persons(self.text("in")):
            path = part[1:] if part.startswith("/") else posixpath.join(posixpath.dirname(self.env.docname), part)
            is_one = posixpath.normpath(path) in self.env.found_docs
            names += [part] if is_one else filter(None, re.split(r"[\s,]+", part))
        return names
