"""Pieces of an edition -> source text in the author's language, as MyST Markdown or reStructuredText."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot.formats.markup_myst import MystWriter
from sphinx_annot.formats.markup_rest import RestWriter

if TYPE_CHECKING:
    from sphinx_annot.formats.pieces import MarkupWriter

_WRITERS: dict[str, type[MarkupWriter]] = {"myst": MystWriter, "rest": RestWriter}
MARKUPS = tuple(_WRITERS)


def markup_writer(markup: str) -> MarkupWriter:
    """Return a writer of ``markup``, one of ``MARKUPS``. Raises ``KeyError`` for any other."""
    return _WRITERS[markup]()
