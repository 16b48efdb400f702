"""Find the place in a text that a lemma means, and describe a place so that it is found again.

Selectors are those of the W3C Web Annotation model (TextQuoteSelector): the exact words, and the words directly
before and after them. Words are equal after tier 1 of :mod:`sphinx_annot.model.fold`, or not at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from sphinx_annot.model.fold import BOUNDARY, GAP, Folded, fold, is_bound, unbounded

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 40
_EDGES = " " + BOUNDARY + GAP
_ellipsis = re.compile(r"\[…\]|…")


class Selector(NamedTuple):
    """Words that are found in one place only; ``nth`` counts from 1 and is used where words alone cannot tell."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    nth: int = 0


class Anchored(NamedTuple):
    """Found: offsets in the text as it was before folding."""

    start: int
    end: int


class Ambiguous(NamedTuple):
    """Found in several places; ``suggestion`` would find the first of them alone."""

    spans: tuple[tuple[int, int], ...]
    suggestion: Selector


class Missing(NamedTuple):
    """Not found. ``near`` is what the text has instead, as a word diff; empty if nothing, or more than one, is near.

    ``lost`` are the words of a range that the text has nowhere, ``"river"`` of ``"The ... river"``; empty if it has
    all, in another order.
    """

    near: str = ""
    is_range: bool = False
    lost: str = ""


def anchor(
    text: Folded,
    on: str,
    *,
    prefix: str = "",
    suffix: str = "",
    nth: int = 0,
    start: int = 0,
    end: int | None = None,
) -> Anchored | Ambiguous | Missing:
    """Find ``on`` in a text folded with ``blocks``, between the offsets ``start`` and ``end`` of its source.

    ``first words ... last words`` is a range unless the text has the ellipsis itself. Where several places have the
    words, those stay that have ``prefix`` and ``suffix`` directly around them, then the ``nth`` (from 1) of these.
    """
    low, high = text.at(start), len(text.text) if end is None else text.at(end)
    found = _occurrences(text.text, on, low, high)
    if not found:
        parts = [part for part in map(str.strip, _ellipsis.split(on.replace("...", "…"))) if part]
        if len(parts) > 1:
            lost = (part for part in parts if not _occurrences(text.text, part, low, high))
            return Missing(_near(text, on, low, high), is_range=True, lost=next(lost, ""))
        return Missing(_near(text, on, low, high))
    kept = found
    if len(found) > 1 and (prefix or suffix):
        before, after = context(prefix), context(suffix)
        kept = [span for span in found if agrees(text.text, span, before, after)]
    if nth:
        kept = kept[nth - 1 : nth]
    if len(kept) == 1:
        return Anchored(*text.span(*kept[0]))
    if len(found) == 1:
        return Missing()
    spans = tuple(text.span(*span) for span in kept or found)
    return Ambiguous(spans, _suggest(text, on, (kept or found)[0], found))


def describe(text: Folded, start: int, end: int) -> Selector:
    """The shortest selector that finds the source's words from ``start`` to ``end`` and nothing else.

    Half words are taken whole. Words in several blocks, or with a gap among them, become a range; where no range would
    find them, the words up to the first boundary or gap stand for all.
    """
    low, high = text.at(start), text.at(end)
    while low < high and text.text[low] in _EDGES:
        low += 1
    while low < high and text.text[high - 1] in _EDGES:
        high -= 1
    while not is_bound(text.text, low):
        low -= 1
    while not is_bound(text.text, high):
        high += 1
    exact = _words(text, low, high)
    breaks = [at for at in range(low, high) if text.text[at] in BOUNDARY + GAP]
    if breaks:
        exact = _range(text, low, high, breaks)
        if not exact:
            high = breaks[0]
            exact = _words(text, low, high)
    found = _occurrences(text.text, exact, 0, len(text.text))
    return _suggest(text, exact, (low, high), found) if len(found) > 1 else Selector(exact)


def _occurrences(text: str, on: str, low: int, high: int) -> list[tuple[int, int]]:
    needle = fold(on, blocks=False).text.strip()
    found = list(_finds(text, needle, low, high))
    if found or "…" not in needle:
        return found
    parts = [part for part in map(str.strip, _ellipsis.split(needle)) if part]
    if not parts:
        return []
    firsts = list(_finds(text, parts[0], low, high))
    for part in parts[1:]:
        nexts = list(_finds(text, part, low, high))
        starts = [span[0] for span in nexts]
        joined = []
        for first in firsts:
            at = bisect_left(starts, first[1])
            if at < len(nexts):
                joined.append((first[0], nexts[at][1]))
        firsts = joined
    return firsts


def _finds(text: str, needle: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    if not needle or GAP in needle:
        return
    at = text.find(needle, low, high)
    while at >= 0:
        end = at + len(needle)
        if is_bound(text, at) and is_bound(text, end):
            yield (at, end)
        at = text.find(needle, at + 1, high)


def agrees(text: str, span: tuple[int, int], prefix: str, suffix: str) -> bool:
    """Whether a folded text has ``prefix`` directly before ``span`` and ``suffix`` directly after it, both folded."""
    if prefix:
        before = text[max(0, span[0] - 2 * len(prefix) - 8) : span[0]]
        if not unbounded(before).rstrip().endswith(prefix):
            return False
    if suffix:
        after = text[span[1] : span[1] + 2 * len(suffix) + 8]
        return unbounded(after).lstrip().startswith(suffix)
    return True


def context(words: str) -> str:
    """A prefix or suffix folded for :func:`agrees`."""
    return fold(words, blocks=False).text.strip() if words else ""


def _suggest(text: Folded, exact: str, span: tuple[int, int], found: list[tuple[int, int]]) -> Selector:
    """The shorter of the shortest prefix and the shortest suffix that leave only ``span`` of all that were found.

    Words of another block are taken only if those of its own do not tell: blocks come and go.
    """
    others = [other for other in found if other != span]
    for barrier in (BOUNDARY + GAP, GAP):
        sides = [
            Selector(exact, prefix=_grow(text, span, others, -1, barrier)),
            Selector(exact, suffix=_grow(text, span, others, 1, barrier)),
        ]
        telling = [side for side in sides if side.prefix or side.suffix]
        if telling:
            return min(telling, key=lambda side: len(side.prefix + side.suffix))
    return Selector(exact, nth=found.index(span) + 1)


def _grow(text: Folded, span: tuple[int, int], others: list[tuple[int, int]], step: int, barrier: str) -> str:
    """Words from the edge of ``span`` on (backwards with a ``step`` of -1) until no other place has them, or none.

    They do not go beyond any of the characters of ``barrier``.
    """
    edge = span[0] if step < 0 else span[1]
    limit = 0 if step < 0 else len(text.text)
    at = edge
    while at != limit:
        at = _next_word(text.text, at, step)
        if not set(barrier).isdisjoint(text.text[min(at, edge) : max(at, edge)]):
            return ""
        words = _words(text, min(at, edge), max(at, edge))
        if not words:
            continue
        prefix, suffix = (context(words), "") if step < 0 else ("", context(words))
        others = [other for other in others if agrees(text.text, other, prefix, suffix)]
        if not others:
            return words if agrees(text.text, span, prefix, suffix) else ""
    return ""


def _next_word(text: str, at: int, step: int) -> int:
    """The far end of the next word from ``at``, signs and spaces before it included."""
    limit = 0 if step < 0 else len(text)
    seen = False
    while at != limit:
        at += step
        seen = seen or text[at - (step > 0)].isalnum()
        if seen and is_bound(text, at):
            break
    return at


def _words(text: Folded, low: int, high: int) -> str:
    start, end = text.span(low, high)
    return " ".join(text.source[start:end].split())


def _range(text: Folded, low: int, high: int, breaks: list[int]) -> str:
    """``first words ... last words``, as many of each as it takes, else every block whole; empty if nothing does."""
    first, last = low, high
    for _ in range(_LONGEST):
        first = min(breaks[0], _next_word(text.text, first, 1))
        last = max(breaks[-1] + 1, _next_word(text.text, last, -1))
        exact = f"{_words(text, low, first)} ... {_words(text, last, high)}"
        if (low, high) in _occurrences(text.text, exact, 0, len(text.text)):
            return exact
        if first == breaks[0] and last == breaks[-1] + 1:
            break
    edges = [low, *(edge for at in breaks for edge in (at, at + 1)), high]
    exact = " ... ".join(filter(None, (_words(text, *edges[i : i + 2]) for i in range(0, len(edges), 2))))
    return exact if (low, high) in _occurrences(text.text, exact, 0, len(text.text)) else ""


def _near(text: Folded, on: str, low: int, high: int) -> str:
    from sphinx_annot.model.nearness import nearest, word_diff  # noqa: PLC0415 (most words are found)

    words = fold(on, blocks=False).text.strip()
    # capitals alone are too little of a difference to be weighed
    same = re.compile(re.escape(words) or r"(?!)", re.IGNORECASE).finditer(text.text, low, high)
    spans = [match.span() for match in same if is_bound(text.text, match.start()) and is_bound(text.text, match.end())]
    if len(spans) == 1:
        return _words(text, *spans[0])
    span = nearest(text.text, words, low, high)
    return word_diff(" ".join(on.split()), _words(text, *span)) if span else ""
