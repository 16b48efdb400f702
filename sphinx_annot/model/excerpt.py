"""The words around a quotation in its source, with what its elisions leave out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_annot.model.fold import GAP

if TYPE_CHECKING:
    from sphinx_annot.model.snapshots import Snapshot
    from sphinx_annot.model.verdict import Verdict

_AROUND = 120
_OMITTED = 600
_space = re.compile(r"\s+")
_paragraph = re.compile(r"\n\s*\n|\f")


class Excerpt(NamedTuple):
    """A stretch of a source: pairs of what it is (``before``, ``quoted``, ``omitted``, ``after``) and its words."""

    parts: tuple[tuple[str, str], ...]


def excerpt(snapshot: Snapshot, verdict: Verdict) -> Excerpt | None:
    """Return the words around a quotation that was found; nothing for one that was not."""
    if not verdict.spans:
        return None
    text = snapshot.text
    spans = [snapshot.seen_span(*span) for span in verdict.spans]
    parts = [("before", _before(text, spans[0][0]))]
    for number, (start, end) in enumerate(spans):
        if number:
            parts.append(("omitted", _shortened(_line(text[spans[number - 1][1] : start]))))
        parts.append(("quoted", _line(text[start:end])))
    parts.append(("after", _after(text, spans[-1][1])))
    return Excerpt(tuple((what, words) for what, words in parts if words.strip()))


def _before(text: str, at: int) -> str:
    window = text[max(0, at - _AROUND) : at]
    words = _paragraph.split(window)[-1]
    if len(words) == len(window) < at:
        words = words.partition(" ")[2] or words
        return f"…\xa0{_line(words)}"
    return _line(words).lstrip()


def _after(text: str, at: int) -> str:
    window = text[at : at + _AROUND]
    words = _paragraph.split(window)[0]
    if len(words) == len(window) < len(text) - at:
        words = words.rpartition(" ")[0] or words
        return f"{_line(words)}\xa0…"
    return _line(words).rstrip()


def _shortened(words: str) -> str:
    """Return what is left out, or its beginning and end if that is much."""
    if len(words) <= _OMITTED:
        return words
    return f"{words[: _OMITTED // 2].rpartition(' ')[0]} … {words[-_OMITTED // 2 :].partition(' ')[2]}"


def _line(words: str) -> str:
    return _space.sub(" ", words.replace(GAP, "…"))
