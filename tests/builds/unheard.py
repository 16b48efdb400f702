"""A builder that no extension has heard of: it knows the nodes of docutils and Sphinx, and fails at any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

KNOWN = {*nodes.node_class_names, *vars(addnodes)}


class UnheardBuilder(Builder):
    """Writes the words of each document, as they come."""

    name = "unheard"
    format = "unheard"
    epilog = ""

    def get_outdated_docs(self) -> Iterator[str]:
        """Write all documents at each build."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Name a document by itself."""
        return docname

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Nothing has to be prepared."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write the words, or raise ``NotImplementedError`` at a node that is not known."""
        strangers = sorted({type(node).__name__ for node in doctree.findall() if type(node).__name__ not in KNOWN})
        if strangers:
            msg = f"{docname}: {', '.join(strangers)}"
            raise NotImplementedError(msg)
        path = self.outdir / f"{docname}.words"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(doctree.astext(), encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the builder."""
    app.add_builder(UnheardBuilder)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
