"""Where Sphinx calls us, for each document: what does the work is imported when there is some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annot.domain import annot_domain

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.transforms import Transform
    from sphinx.application import Sphinx

#: Post-transforms up to this priority resolve cross-references.
_RESOLVERS = 10


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the records of the document that has just been read (event ``doctree-read``)."""
    from sphinx_annot.transforms.collect import collect  # noqa: PLC0415

    collect(app, doctree)


def _priority(transform: type[Transform]) -> int:
    return transform.default_priority or 0


class MakePages(SphinxPostTransform):
    """Make the pages of all documents in a tree, before cross-references are resolved."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Go through the documents of the tree."""
        domain = annot_domain(self.env)
        if domain.edition is None or domain.builder.name == "gettext":
            # a catalogue has each note where its author wrote it
            return
        from sphinx_annot.transforms.pages import make_pages  # noqa: PLC0415

        transforms = sorted(domain.registry.get_post_transforms(), key=_priority)
        resolvers = [item for item in transforms if _priority(item) <= _RESOLVERS and item is not MakePages]
        make_pages(self.document, domain, self.env.docname, resolvers)
