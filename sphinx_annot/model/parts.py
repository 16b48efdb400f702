"""A quotation with declared changes: the parts that must stand in the source, and what may stand between them.

``[...]``, ``(...)`` and ``. . .`` leave out any words, ``[word]`` stands for a few, ``[sic]`` for none. A bare ``...``
leaves out words only where the source has no ellipsis of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_annot.model.fold import Folded, is_bound, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEW_WORDS = 8
_FEW_LETTERS = 80
_SHORT, _MANY = 8, 3
_LETTER = r"[^\W_]"
_JOIN = "\ue000"
_FLEXIBLE = re.compile(rf"[-/{_JOIN}]")
_special = re.compile(rf"[/{_JOIN}]").search
_DOTS = r"\.(?:[ \xa0\u2009\u202f]{1,2}\.){2,3}(?!\.)"
_spaced_dots = re.compile(rf"[\[(]\s*{_DOTS}\s*[\])]|{_DOTS}")
_declared = re.compile(r"(?P<elision>\[(?:…|\.\.)\]|\(…\)|<…>)|(?P<bare>…)|\[(?P<change>[^\[\]]{1,200})\]")
_word = re.compile(r"[^\W_]+")
_EDGE = " .,;:'-"
_NO_SENTENCE_END = r"(?:[^.!?。！？]|\.(?=[^\s])|(?<=\b\w)\.|(?<=\b\w\w)\.|(?<=\b\w\w\w)\.)"
_SIC = frozenset({"sic", "sic!", "!", "?"})


@dataclass(frozen=True, slots=True)
class Change:
    """Words in brackets. ``inside``: they are part of a word, ``[t]he``."""

    words: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where a part stands in the folded text: from ``start`` to ``end``, and what each change stands for."""

    start: int
    end: int
    changes: tuple[tuple[Change, int, int], ...] = ()


@dataclass(frozen=True)
class Part:
    """Words and changes together; ``elided``: after an ellipsis, ``bare``: a bare one; ``ends``: before one."""

    items: tuple[str | Change, ...]
    elided: bool = False
    bare: bool = False
    ends: bool = False
    before: Change | None = None
    after: Change | None = None

    @cached_property
    def literals(self) -> list[str]:
        """The words that must stand in the source."""
        return [item for item in self.items if isinstance(item, str)]

    @cached_property
    def words(self) -> list[str]:
        """All words of the literals."""
        return [word for literal in self.literals for word in _word.findall(literal)]

    def find(self, text: Folded, *, any_case: bool = True) -> Iterator[Found]:
        """Every place where the part stands, in order; the first letter may differ in case."""
        if len(self.items) == 1 and not (text.joins and "-" in self.literals[0]) and not _special(self.literals[0]):
            yield from self._plainly(text.text, any_case=any_case)
        elif not self._is_wild():
            yield from _Matcher(self, text, any_case=any_case).find()

    def _plainly(self, text: str, *, any_case: bool) -> Iterator[Found]:
        words = self.literals[0]
        head = int(any_case and len(words) > 1)
        at = text.find(words[head:], head)
        while at >= 0:
            start, end = at - head, at - head + len(words)
            same = text[start:at] in {words[:head].lower(), words[:head].upper(), words[:head]}
            if same and is_bound(text, start) and is_bound(text, end):
                yield Found(start, end)
            at = text.find(words[head:], at + 1)

    def _is_wild(self) -> bool:
        """So many short words between changes that they could stand anywhere, and take forever to try."""
        short = [words for words in self.literals[1:-1] if len(words) < _SHORT]
        return len(short) > _MANY


def flexible(folded: Folded) -> str:
    """The folded words of a quotation with a sign wherever a hyphen at a line end was taken out."""
    pieces: list[str] = []
    last = 0
    for at in folded.joins:
        pieces += folded.text[last:at], _JOIN
        last = at
    return "".join([*pieces, folded.text[last:]])


def declare(quote: str) -> str:
    """Make spaced dots, which always leave words out, tell apart from bare ones."""
    return _spaced_dots.sub("[…]", quote)


def split(words: str, *, bare_too: bool = True) -> list[Part]:
    """The parts of folded words; one part if nothing is declared. Without ``bare_too`` a bare ellipsis is a sign."""
    parts: list[Part] = []
    items: list[str | Change] = []
    elided = bare = False
    last = 0
    for match in _declared.finditer(words):
        if match["bare"] and not bare_too:
            continue
        items.append(words[last : match.start()])
        last = match.end()
        if match["change"] is not None and "…" not in match["change"]:
            inside = _in_word(words, match.start(), -1) or _in_word(words, match.end(), 0)
            items.append(Change(match["change"], inside))
            continue
        parts.append(_part(items, elided=elided, bare=bare, last=False))
        items, elided, bare = [], True, match["bare"] is not None
    items.append(words[last:])
    parts.append(_part(items, elided=elided, bare=bare, last=True))
    return [part for part in parts if part.literals]


def between_ellipses(words: str) -> list[tuple[int, int]]:
    """The offsets of what stands between the ellipses of folded words, as far as it has words itself."""
    cuts = [match.span() for match in _declared.finditer(words) if match["change"] is None or "…" in match["change"]]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(words)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if _word.search(words, a, b)]


def _is_in(ordered: Sequence[int], value: int) -> bool:
    at = bisect_left(ordered, value)
    return at < len(ordered) and ordered[at] == value


def _spaced_letter(char: str) -> bool:
    return char.isalnum() and not unspaced(char)


def _in_word(words: str, at: int, step: int) -> bool:
    return _spaced_letter(words[at + step : at + step + 1]) if at + step >= 0 else False


def _part(items: Sequence[str | Change], *, elided: bool, bare: bool, last: bool) -> Part:
    kept = [_stripped(items, number) for number in range(len(items))]
    if elided and kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip(_EDGE)
    if not last and kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(_EDGE)
    kept = [item for item in kept if item]
    before = after = None
    while kept and isinstance(first := kept[0], Change) and not first.inside:
        before, kept = first, kept[1:]
    while kept and isinstance(final := kept[-1], Change) and not final.inside:
        after, kept = final, kept[:-1]
    return Part(tuple(kept), elided, bare, not last, before, after)


def _stripped(items: Sequence[str | Change], number: int) -> str | Change:
    """The item without the space at its edges, but for that beside a change inside a word."""
    item = items[number]
    if isinstance(item, Change):
        return item
    before = items[number - 1] if number else None
    after = items[number + 1] if number + 1 < len(items) else None
    item = item if isinstance(before, Change) and before.inside else item.lstrip()
    return item if isinstance(after, Change) and after.inside else item.rstrip()


@dataclass
class _Matcher:
    """One part as an expression, tried around each place of its longest certain words."""

    part: Part
    text: Folded
    any_case: bool
    groups: list[tuple[str, Change | None]] = field(default_factory=list)

    def find(self) -> Iterator[Found]:
        joins = bool(self.text.joins)
        pattern = re.compile("".join(self._expressions(joins=joins)))
        needle = self._needle()
        reach = sum(map(len, self.part.literals)) + sum(map(len, self.part.literals)) // 8 + 8
        reach += (_FEW_LETTERS + 4) * sum(isinstance(item, Change) for item in self.part.items)
        text, done = self.text.text, -1
        at = text.find(needle) if needle else -1
        while at >= 0:
            found = self._best(pattern, max(0, at - reach), min(len(text), at + reach + len(needle)), at)
            if found and found.start > done:
                yield found
                done = found.start
            at = text.find(needle, at + 1)

    def _best(self, pattern: re.Pattern[str], low: int, high: int, at: int) -> Found | None:
        """The shortest match around ``at``."""
        best: Found | None = None
        while match := pattern.search(self.text.text, low, high):
            if match.start() > at:
                break
            found = self._verified(match)
            if found and found.end > at and (best is None or found.end - found.start <= best.end - best.start):
                best = found
            low = match.start() + 1
        return best

    def _expressions(self, *, joins: bool) -> Iterator[str]:
        last = len(self.part.items) - 1
        for number, item in enumerate(self.part.items):
            if isinstance(item, Change):
                self.groups.append(("change", item))
                literal = rf" ?\[{re.escape(item.words)}\] ?"
                if item.inside:
                    yield rf"({literal}|[^\W\d_]{{0,10}}?)" if 0 < number < last else rf"({literal}|[^\W\d_]{{0,10}})"
                elif item.words.casefold() in _SIC:
                    yield rf"({literal}| ?)"
                else:
                    yield rf"({literal}|{_NO_SENTENCE_END}{{0,{_FEW_LETTERS}}}?)"
                continue
            self.groups.append(("literal", None))
            yield f"(?<!{_LETTER})(" if self._is_after_change(number) and _spaced_letter(item[0]) else "("
            for position, char in enumerate(item):
                yield self._character(char, first=number == position == 0, joins=joins)
            yield f")(?!{_LETTER})" if self._is_after_change(number + 2) and _spaced_letter(item[-1]) else ")"

    def _is_after_change(self, number: int) -> bool:
        """Whether a change of whole words stands before the item of this number."""
        before = self.part.items[number - 1] if 0 < number <= len(self.part.items) else None
        return isinstance(before, Change) and not before.inside

    def _character(self, char: str, *, first: bool, joins: bool) -> str:
        if first and self.any_case and char.lower() != char.upper():
            return (
                f"[{re.escape(char.lower())}{re.escape(char.upper())}]" if len(char.upper()) == 1 else re.escape(char)
            )
        if char == "-" and joins:
            self.groups.append(("hyphen", None))
            return "(-?)"
        if char == _JOIN:
            return "-?"
        if char == "/":
            self.groups.append(("line", None))
            return "(/| )"
        return re.escape(char)

    def _needle(self) -> str:
        """The longest words that stand in the text for certain."""
        pieces = []
        for number, item in enumerate(self.part.items):
            if isinstance(item, str):
                certain = _FLEXIBLE.split(item)
                if number == 0 and self.any_case:
                    certain[0] = certain[0][1:]
                pieces += certain
        return max(pieces, key=len, default="")

    def _verified(self, match: re.Match[str]) -> Found | None:
        text = self.text.text
        changes: list[tuple[Change, int, int]] = []
        for index, (what, change) in enumerate(self.groups, 1):
            start, end = match.span(index)
            if what == "hyphen" and start == end and not _is_in(self.text.joins, start):
                return None
            if what == "line" and text[start] == " " and "\n" not in self._source(start, end):
                return None
            if change and text[start:end].strip() != f"[{change.words}]":
                if any(sign in text[start:end] for sign in "[]") or len(_word.findall(text[start:end])) > FEW_WORDS:
                    return None
                changes.append((change, start, end))
        if not all(is_bound(text, at) for at in self._bounds(match)):
            return None
        return Found(match.start(), match.end(), tuple(changes))

    def _source(self, start: int, end: int) -> str:
        low, high = self.text.span(start, end)
        return self.text.source[low:high]

    def _bounds(self, match: re.Match[str]) -> Iterator[int]:
        yield match.start()
        yield match.end()
        for index, (_, change) in enumerate(self.groups, 1):
            if change and not change.inside:
                yield from match.span(index)
