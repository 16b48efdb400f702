"""What stands for a directive of ours that does not exist: its words are printed, and a near name is given."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes

from sphinx_annot.directives.base import AnnotDirective, Options
from sphinx_annot.domain import annot_domain
from sphinx_annot.model.problems import Code


class UnknownDirective(AnnotDirective):
    """A directive whose name nobody knows."""

    option_spec: ClassVar[Any] = Options()

    def run(self) -> list[nodes.Node]:
        """Complain, and print what was written in it."""
        self.complain(Code.UNKNOWN, annot_domain(self.env).no_such("directive", self.name))
        argument = " ".join(self.arguments)
        return [*([nodes.paragraph(argument, argument)] if argument else []), *self.parse_content_to_nodes()]
