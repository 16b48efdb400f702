"""Transforms of a document while it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_annot import nodes as annot
from sphinx_annot.domain import settings
from sphinx_annot.nodes import ORIGINAL


class KeepOriginals(SphinxTransform):
    """Keep the words of each block as written, before message catalogues replace them (priority 20).

    A lemma that a translator has not translated finds its block by them.
    """

    default_priority = 15

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Keep the words of blocks that may be translated."""
        if not self._has_catalogues():
            return
        for node in self.document.findall(nodes.TextElement):
            if not isinstance(node, nodes.Inline):
                node[ORIGINAL] = node.astext()

    def _has_catalogues(self) -> bool:
        language = self.config.language
        return any(
            (Path(self.env.srcdir) / folder / language / "LC_MESSAGES").is_dir() for folder in self.config.locale_dirs
        )


class QuietFootnotes(SphinxTransform):
    """Let Sphinx not complain of an author's footnote without a mark: in an edition it is printed and noticed by us.

    Sphinx looks for footnotes without backlinks at priority 622.
    """

    default_priority = 621

    def apply(self, **kwargs: Any) -> None:  # noqa: ANN401 (docutils' interface)
        """Fill the backlinks of the footnotes that stand beside the text."""
        mode = settings(self.env).footnotes
        if mode == "native" or (mode == "edition" and not any(self.document.findall(annot.annot_edition))):
            return
        for name in ("footnotes", "autofootnotes", "symbol_footnotes"):
            for node in getattr(self.document, name):
                if not node["backrefs"]:
                    node["backrefs"] = [""]
