"""Where a quotation stands in a folded text: whole, or its declared parts in their order."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_annot.model.fold import Folded, is_bound, unspaced
from sphinx_annot.model.parts import Change, Found, Part, flexible
from sphinx_annot.model.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

FARTHEST, NEAR_ENOUGH, TIMES = 10_000, 1_000, 20
"""An elision may leave out 1,000 characters, or 20 times the shorter part beside it, but never more than 10,000: beyond
that a quotation is put together from all over its source."""
NEIGHBOURS = 3
"""So many words before and after a quotation are looked at; twice as many ideographs."""
SENTENCE_END = re.compile(r"[.!?](?=['\s)\]-]|$)|[。！？]|\n")
_opening = re.compile(r"['(\[]{0,2}([^\W\d_])")
_neighbour = re.compile(r"[\u2e80-\u9fff]|[^\W_\u2e80-\u9fff]+(?:'[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """Parts found in one view of a snapshot."""

    view: Folded
    parts: tuple[Found, ...]
    remarks: tuple[Remark, ...] = ()
    declared: tuple[Part, ...] = ()


def inner(words: str) -> str:
    """The words without quotation marks of their own around them, else nothing."""
    return words[1:-1] if len(words) > 2 and words[0] == words[-1] == "'" else ""  # noqa: PLR2004


def literal(view: Folded, quote: Folded) -> Iterator[Hit]:
    """The whole quotation as it is; then with the first letter in the other case, without its outer quotation marks."""
    words = quote.text.strip()
    other: list[Hit] = []
    head = _first_letter(words)
    for start in _starts(view.text, words[head:], head):
        end = start + len(words)
        if start < 0 or not (is_bound(view.text, start) and is_bound(view.text, end)):
            continue
        if view.text.startswith(words[:head], start):
            yield Hit(view, (Found(start, end),))
        elif view.text[start : start + head].lower() == words[:head].lower():
            other.append(Hit(view, (Found(start, end),), (Remark.FIRST_LETTER,)))
    yield from other
    if bare := inner(words):
        yield from (
            replace(hit, remarks=(*hit.remarks, Remark.QUOTATION_MARKS)) for hit in literal(view, Folded(bare, bare))
        )
    if view.joins or quote.joins or "/" in words:
        yield from _flexed(view, quote)


def _first_letter(words: str) -> int:
    """The end of the first letter, if it has a case and only signs stand before it; else 0."""
    match = _opening.match(words)
    return match.end() if match and match[1].lower() != match[1].upper() else 0


def _flexed(view: Folded, quote: Folded) -> Iterator[Hit]:
    """With hyphens that the end of a line may have made or taken, and line breaks typed as a slash."""
    words = flexible(quote).strip()
    if words == quote.text.strip() and "-" not in words and "/" not in words:
        return
    lines = (Remark.LINES,) if "/" in words else ()
    for found in Part((words,)).find(view):
        same = view.text[found.start] == words[0]
        yield Hit(view, (found,), lines if same else (*lines, Remark.FIRST_LETTER))


def _starts(text: str, words: str, head: int) -> Iterator[int]:
    at = text.find(words, head) if words else -1
    while at >= 0:
        yield at - head
        at = text.find(words, at + 1)


def assemble(view: Folded, parts: list[Part]) -> Iterator[Hit]:
    """The assignment with the smallest gaps, then the others by size.

    As the parts themselves have their lengths, the gaps are smallest where the whole is shortest; from a given first
    place that is reached by the nearest next one, each time. The ends are worked out from the last part backwards.
    """
    places: dict[tuple[str | Change, ...], list[Found]] = {}
    for part in parts:
        if part.items not in places:
            places[part.items] = list(part.find(view))
        if not places[part.items]:
            return
    found = [places[part.items] for part in parts]
    ends: list[int | None] = [one.end for one in found[-1]]
    links: list[list[int]] = []
    for number in range(len(parts) - 2, -1, -1):
        starts = [one.start for one in found[number + 1]]
        nexts = [bisect_left(starts, one.end) for one in found[number]]
        pairs = list(zip(found[number], nexts, strict=True))
        fits = [
            at < len(starts) and _may_elide(view.text, parts[number + 1], one, found[number + 1][at])
            for one, at in pairs
        ]
        ends = [ends[at] if fit else None for at, fit in zip(nexts, fits, strict=True)]
        links.insert(0, nexts)
    whole = ((end - one.start, number) for number, (one, end) in enumerate(zip(found[0], ends, strict=True)) if end)
    for _, first in sorted(whole):
        chain = [first]
        for nexts in links:
            chain.append(nexts[chain[-1]])
        yield Hit(view, tuple(ones[at] for ones, at in zip(found, chain, strict=True)), (), tuple(parts))


def _may_elide(text: str, part: Part, before: Found, after: Found) -> bool:
    """A bare ellipsis is one of the source's own where that has one at either edge."""
    gap = text[before.end : after.start].strip(" .,;:'-")
    return not part.bare or gap == "…" or not (gap.startswith("…") or gap.endswith("…"))


def is_far(before: Found, after: Found) -> bool:
    """Whether an elision leaves out so much that its parts prove nothing about each other."""
    shorter = min(before.end - before.start, after.end - after.start)
    return after.start - before.end > min(FARTHEST, max(NEAR_ENOUGH, TIMES * shorter))


def gaps(hit: Hit) -> Iterator[tuple[int, int]]:
    """What each elision leaves out."""
    for before, after in zip(hit.parts, hit.parts[1:], strict=False):
        yield (before.end, after.start)


def changes(hit: Hit) -> Iterator[tuple[str, int, int]]:
    """The words of each declared change, and the place of what they stand for; the source's own brackets are none."""
    text = hit.view.text
    for declared, found in zip(hit.declared, hit.parts, strict=False):
        before, after = declared.before, declared.after
        if before and not text[max(0, found.start - len(before.words) - 3) : found.start].rstrip().endswith(
            f"[{before.words}]"
        ):
            yield (before.words, words_before(text, found.start, before.words), found.start)
        for change, low, high in found.changes:
            yield (change.words, low, high)
        if after and not text.startswith(f"[{after.words}]", found.end + text.startswith(" ", found.end)):
            yield (after.words, found.end, words_after(text, found.end, after.words))


def words_before(text: str, at: int, words: str = "") -> int:
    """Where the few words before ``at`` in its sentence begin; as many as ``words`` has, if given."""
    window = text[max(0, at - 100) : at]
    ends = [match.end() for match in SENTENCE_END.finditer(window.rstrip())]
    start = ends[-1] if ends else 0
    found = [match.start() for match in _neighbour.finditer(window) if match.start() >= start]
    few = len(_neighbour.findall(words)) if words else _few(window)
    return at - len(window) + (found[-few:] or [len(window)])[0]


def _few(window: str) -> int:
    return 2 * NEIGHBOURS if unspaced(window) else NEIGHBOURS


def words_after(text: str, at: int, words: str = "") -> int:
    """Where the few words after ``at`` in its sentence end."""
    window = text[at : at + 100]
    match = SENTENCE_END.search(window)
    end = match.start() if match else len(window)
    found = [match.end() for match in _neighbour.finditer(window) if match.end() <= end]
    few = len(_neighbour.findall(words)) if words else _few(window)
    return at + (found[:few] or [0])[-1]
