"""Sentences: where in a text they end, and the one around a place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]]*\s+|[。！？]")


def sentence_ends(text: str) -> list[int]:
    """Return the offsets in a text where sentences end, in order; the end of the text is none."""
    return [match.end() for match in _END.finditer(text)]


def sentence_span(text: str, start: int, end: int, ends: Sequence[int]) -> tuple[int, int]:
    """Return the offsets of the sentence around a stretch of text, or of the sentences, if it crosses any bound.

    ``ends`` are those of `sentence_ends`. A place is a stretch of one character.
    """
    before, behind = bisect_right(ends, start), bisect_left(ends, end)
    return ends[before - 1] if before else 0, ends[behind] if behind < len(ends) else len(text)
