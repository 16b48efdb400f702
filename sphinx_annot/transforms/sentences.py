"""The words around a mark: the sentence that it stands in, or what its author says that it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot import nodes as annot
from sphinx_annot.model.fold import GAP
from sphinx_annot.model.sentences import sentence_span
from sphinx_annot.model.values import first_words
from sphinx_annot.transforms.text import leaves, position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Element

_SPACE_BEFORE_STOP = re.compile(r" ([.,;:!?…])")
_LENGTH = 160


def sentence(text: str, offset: int, ends: Sequence[int]) -> str:
    """Return the sentence around an offset, on one line and not too long; ``ends`` are where sentences end."""
    if offset and not text[offset:].strip():
        offset = len(text.rstrip()) - 1
    start, end = sentence_span(text, offset, offset + 1, ends)
    words = " ".join(text[start:end].replace(GAP, "…").split())
    return first_words(_SPACE_BEFORE_STOP.sub(r"\1", words), _LENGTH)


def words_about(mark: Element) -> str:
    """Return the words that the author has tied to a mark: those of a role before it, or the passage it is below."""
    passage = mark.parent.parent
    if isinstance(mark.parent, annot.annot_attribution) and isinstance(passage, annot.annot_passage):
        return first_words(passage["words"], _LENGTH)
    index = position(mark)
    lemma = mark.parent.children[index - 1] if index else None
    if isinstance(lemma, annot.annot_lemma) and lemma.get("targets") == [mark.get("target")]:
        return "".join(words for _, _, words in leaves(lemma)).replace(GAP, "…")
    return ""
