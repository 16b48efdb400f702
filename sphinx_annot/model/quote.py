"""Is this quotation in that snapshot? Equal after a declared folding, or not: likeness never accepts.

The tiers: 0 Unicode NFC; 1 typography (:mod:`~sphinx_annot.model.fold`); 2 the first letter's case, markup and the
marks of notes (:mod:`~sphinx_annot.model.markup`); 3 declared changes (:mod:`~sphinx_annot.model.parts`). What is
accepted and still deserves a look, a negation left out or at the edge above all, is listed for review.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sphinx_annot.model.anchor import agrees
from sphinx_annot.model.fold import Folded, fold, is_bound, is_unspaced
from sphinx_annot.model.locator import Locator, labels, parse
from sphinx_annot.model.markup import strip
from sphinx_annot.model.nearness import nearest, word_diff
from sphinx_annot.model.parts import Found, Part, declare, flexible, split
from sphinx_annot.model.snapshots import Snapshot
from sphinx_annot.model.wording import negations, numbers

FEW_WORDS, FEW_LETTERS, FEW_IDEOGRAPHS = 4, 12, 8
FARTHEST, NEAR_ENOUGH, TIMES = 10_000, 1_000, 20
"""An elision may leave out 1,000 characters, or 20 times the shorter part beside it, but never more than 10,000: beyond
that a quotation is put together from all over its source, and its parts prove nothing about each other."""
_NEIGHBOURS = 3
_word = re.compile(r"[^\W_]+")
_sentence_end = re.compile(r"[.!?](?=['\s)\]]|$)|[。！？]|\n")  # noqa: RUF001
_AFFIXES = frozenset({"un", "in", "im", "il", "ir", "dis", "non", "mis", "n't", "'t", "less", "не", "без", "أ", "ir-"})


class Kind(StrEnum):
    """The verdicts, from best to worst."""

    VERBATIM = "verbatim"
    TYPOGRAPHIC = "typographic"
    ELIDED = "elided"
    ALTERED = "altered"
    UNCHECKED = "unchecked"
    MISMATCH = "mismatch"
    MISSING = "missing"


class Remark(StrEnum):
    """What a verdict has to say besides."""

    FIRST_LETTER = "first letter"
    MARKUP = "markup or marks of notes"
    QUOTATION_MARKS = "outer quotation marks"
    LINES = "line breaks"
    NARROWED = "narrowed by the locator"
    ELSEWHERE = "stands in another place than the locator says"
    CONTEXT = "stands without the prefix or suffix given"
    TOO_SHORT = "too short"
    SCRAP = "a scrap beside an elision"
    TOO_FAR = "an elision over too many words"
    NO_SNAPSHOT = "no snapshot"


@dataclass(frozen=True, slots=True)
class Review:
    """Something that is exact and deserves a look: ``what``, and the words and place (in the snapshot) it is about."""

    what: str
    words: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the check says.

    ``spans`` are in code points of the snapshot as stored, one for each part between elisions; ``omitted`` are the
    words that elisions leave out; ``near`` is a word diff; ``line`` counts from 1 in the snapshot, 0 is unknown.
    """

    kind: Kind
    snapshot: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    omitted: tuple[str, ...] = ()
    review: tuple[Review, ...] = ()
    remarks: tuple[Remark, ...] = ()
    near: str = ""
    line: int = 0

    @property
    def is_accepted(self) -> bool:
        """Whether the quotation stands in the source."""
        return self.kind in {Kind.VERBATIM, Kind.TYPOGRAPHIC, Kind.ELIDED, Kind.ALTERED}

    @property
    def is_refused(self) -> bool:
        """Whether the quotation fails."""
        return self.kind in {Kind.MISMATCH, Kind.MISSING}


@dataclass(frozen=True, slots=True)
class _Hit:
    """Parts found in one view of a snapshot."""

    view: Folded
    parts: tuple[Found, ...]
    remarks: tuple[Remark, ...] = ()
    declared: tuple[Part, ...] = ()


def check(
    quote: str,
    snapshots: Snapshot | Sequence[Snapshot],
    *,
    locator: str = "",
    prefix: str = "",
    suffix: str = "",
    language: str = "",
) -> Verdict:
    """Look for a quotation in the snapshots of its source; the best verdict counts, the first among equals.

    ``locator`` narrows the search where a snapshot marks pages or paragraphs; ``prefix`` and ``suffix`` are the words
    directly around; ``language`` is that of the source (BCP 47), and says which words are negations.
    """
    found = [snapshots] if isinstance(snapshots, Snapshot) else snapshots
    if not found:
        return Verdict(kind=Kind.UNCHECKED, remarks=(Remark.NO_SNAPSHOT,))
    best: Verdict | None = None
    plain = fold(quote, blocks=False)
    order = list(Kind)
    for snapshot in found:
        verdict = _Check(quote, snapshot, locator, prefix, suffix, language, plain).verdict()
        if best is None or order.index(verdict.kind) < order.index(best.kind):
            best = verdict
        if best.kind is Kind.VERBATIM:
            break
    return best or Verdict(kind=Kind.MISSING)


def is_short(words: str) -> bool:
    """Whether folded words are too few to prove anything by occurring."""
    if len(words) > 10 * FEW_LETTERS:
        return False
    letters = sum(map(str.isalnum, words))
    if 2 * sum(map(is_unspaced, words)) >= letters:
        return letters < FEW_IDEOGRAPHS
    return len(_word.findall(words)) < FEW_WORDS or len(words) < FEW_LETTERS


@dataclass(frozen=True, slots=True)
class _Check:
    quote: str
    snapshot: Snapshot
    locator: str
    prefix: str
    suffix: str
    language: str
    plain: Folded

    def verdict(self) -> Verdict:
        scope = self._scope()
        astray: Remark | None = None
        for hit in self._hits():
            if scope is not None and not self._is_in(hit, scope):
                astray = Remark.ELSEWHERE
                continue
            if not self._has_context(hit):
                astray = Remark.CONTEXT
                continue
            return self._accepted(hit, narrowed=scope is not None)
        return self._refused(astray)

    def _scope(self) -> list[tuple[int, int]] | None:
        if not self.locator:
            return None
        parsed = parse(self.locator, labels(self.language or "en"))
        return self.snapshot.places(parsed, self.language) if isinstance(parsed, Locator) else None

    def _hits(self) -> Iterator[_Hit]:
        """Candidates, the stricter tiers first."""
        plain = self.plain
        if not plain.text.strip():
            return
        yield from _literal(self.snapshot.folded, plain)
        bare = fold(self.quote, 2, blocks=False, letters=False)
        if self.snapshot.bare is not self.snapshot.folded or bare.text != plain.text:
            yield from (
                replace(hit, remarks=(*hit.remarks, Remark.MARKUP)) for hit in _literal(self.snapshot.bare, bare)
            )
        yield from self._declared()

    def _declared(self) -> Iterator[_Hit]:
        view = self.snapshot.bare
        seen: set[str] = set()
        for tier in (2, 1):
            words = flexible(fold(declare(self.quote), tier, blocks=False, letters=False)).strip()
            inner = words[1:-1] if words[:1] == words[-1:] == "'" else ""
            for some in (words, inner):
                parts = split(some)
                if some not in seen and parts and parts[0].literals[0] != some:
                    yield from _assemble(view, parts)
                seen.add(some)

    def _is_in(self, hit: _Hit, scope: list[tuple[int, int]]) -> bool:
        start = hit.view.span(hit.parts[0].start, hit.parts[-1].end)[0]
        return any(low <= start < high for low, high in scope)

    def _has_context(self, hit: _Hit) -> bool:
        span = (hit.parts[0].start, hit.parts[-1].end)
        return agrees(hit.view.text, span, self.prefix, self.suffix)

    def _accepted(self, hit: _Hit, *, narrowed: bool) -> Verdict:
        spans = tuple(self.snapshot.stored_span(*hit.view.span(part.start, part.end)) for part in hit.parts)
        kind, remarks = self._kind(hit), hit.remarks + (Remark.NARROWED,) * narrowed
        words = " ".join(" ".join(part.literals) for part in hit.declared) or self.plain.text.strip()
        if is_short(words) and not (self.locator or self.prefix or self.suffix):
            kind, remarks = Kind.UNCHECKED, (*remarks, Remark.TOO_SHORT)
        elif hit.declared and self._has_scraps(hit):
            kind, remarks = Kind.UNCHECKED, (*remarks, Remark.SCRAP)
        elif any(_is_far(a, b) for a, b in zip(hit.parts, hit.parts[1:], strict=False)):
            kind, remarks = Kind.UNCHECKED, (*remarks, Remark.TOO_FAR)
        return Verdict(
            kind=kind,
            snapshot=self.snapshot.name,
            spans=spans,
            omitted=tuple(self._omitted(hit)),
            review=tuple(self._review(hit)),
            remarks=remarks,
            line=self.snapshot.line(spans[0][0]),
        )

    def _kind(self, hit: _Hit) -> Kind:
        if any(part.before or part.after for part in hit.declared) or any(part.changes for part in hit.parts):
            return Kind.ALTERED
        if any(part.elided or part.ends for part in hit.declared) and not self._has_own_ellipses(hit):
            return Kind.ELIDED
        start, end = hit.view.span(hit.parts[0].start, hit.parts[0].end)
        same = unicodedata.normalize("NFC", self.snapshot.text[start:end]) == unicodedata.normalize("NFC", self.quote.strip())
        return Kind.VERBATIM if same else Kind.TYPOGRAPHIC

    def _has_own_ellipses(self, hit: _Hit) -> bool:
        """Whether every ellipsis turned out to be the source's own."""
        first, last = hit.declared[0], hit.declared[-1]
        gaps = {hit.view.text[start:end].strip() for start, end in _gaps(hit)}
        return gaps == {"…"} and not (first.elided or last.ends) and all(part.bare for part in hit.declared[1:])

    def _has_scraps(self, hit: _Hit) -> bool:
        """One or two common words prove nothing, unless their sentence has more of the quotation."""
        text = hit.view.text
        solid = [not _is_scrap(" ".join(part.literals)) for part in hit.declared]
        if not any(not _is_scrap(literal) for part in hit.declared for literal in part.literals):
            return True
        for number, part in enumerate(hit.declared):
            if solid[number] or self._is_rare(part):
                continue
            beside = [
                (min(number, other), max(number, other))
                for other in (number - 1, number + 1)
                if 0 <= other < len(solid) and (solid[other] or len(solid) > 2)  # noqa: PLR2004
            ]
            if all(_sentence_end.search(text[hit.parts[a].end : hit.parts[b].start]) for a, b in beside):
                return True
        return False

    def _is_rare(self, part: Part) -> bool:
        known = self.snapshot.rare_words
        rare = all(len(word) >= FEW_IDEOGRAPHS and len(known.get(word, "***")) <= 2 for word in part.words)  # noqa: PLR2004
        return rare and not negations(" ".join(part.words), self.language)

    def _omitted(self, hit: _Hit) -> Iterator[str]:
        for start, end in _gaps(hit):
            low, high = hit.view.span(start, end)
            if words := self.snapshot.text[low:high].strip():
                yield words

    def _review(self, hit: _Hit) -> Iterator[Review]:
        text = hit.view.text
        for start, end in _gaps(hit):
            yield from self._reviewed("negation left out", negations(text[start:end], self.language), hit, start, end)
        start, end = hit.parts[0].start, hit.parts[-1].end
        low, high = _before(text, start), _after(text, end)
        yield from self._reviewed("negation just before", negations(text[low:start], self.language), hit, low, start)
        yield from self._reviewed("negation just after", negations(text[end:high], self.language), hit, end, high)
        for change, low, high in _changes(hit):
            yield from self._changed(hit, change, low, high)

    def _changed(self, hit: _Hit, words: str, low: int, high: int) -> Iterator[Review]:
        was = hit.view.text[low:high]
        for what, find in (("negation changed", negations), ("number changed", numbers)):
            new, old = sorted(find(words, self.language)), sorted(find(was, self.language))
            if new != old:
                yield from self._reviewed(what, [f"{was.strip()} > {words}"], hit, low, high)
        if _AFFIXES & {words.casefold().strip(), was.casefold().strip()}:
            yield from self._reviewed("negation changed", [f"{was.strip()} > {words}"], hit, low, high)

    def _reviewed(self, what: str, words: list[str], hit: _Hit, start: int, end: int) -> Iterator[Review]:
        if words:
            span = self.snapshot.stored_span(*hit.view.span(start, end))
            yield Review(what, ", ".join(dict.fromkeys(words)), span)

    def _diff(self, low: int, high: int) -> str:
        now = strip(self.snapshot.text[low:high])[0]
        return word_diff(" ".join(self.quote.split()), " ".join(now.split()))

    def _refused(self, astray: Remark | None) -> Verdict:
        remarks = (astray,) if astray else ()
        view, words = self.snapshot.folded, self.plain.text.strip()
        span = nearest(view.text, words, known=self.snapshot.rare_words, unique=False) if words else None
        if span is None:
            kind = Kind.MISMATCH if astray else Kind.MISSING
            return Verdict(kind=kind, snapshot=self.snapshot.name, remarks=remarks)
        low, high = view.span(*span)
        near = self._diff(low, high) or self._diff(*_whole(self.snapshot.text, low, high))
        line = self.snapshot.line(self.snapshot.stored_span(low, high)[0])
        return Verdict(kind=Kind.MISMATCH, snapshot=self.snapshot.name, near=near, remarks=remarks, line=line)


def _whole(text: str, low: int, high: int) -> tuple[int, int]:
    """With what hangs together with the edges: a word or a figure that was cut."""
    while low and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    return (low, high)


def _literal(view: Folded, quote: Folded) -> Iterator[_Hit]:
    """The whole quotation as it is; then with the first letter in the other case, without its outer quotation marks."""
    words = quote.text.strip()
    other: list[_Hit] = []
    head = 1 if words[:1].isalpha() and words[0].lower() != words[0].upper() else 0
    for start in _starts(view.text, words[head:], head):
        end = start + len(words)
        if not (is_bound(view.text, start) and is_bound(view.text, end)):
            continue
        if view.text[start : start + head] == words[:head]:
            yield _Hit(view, (Found(start, end),))
        elif view.text[start : start + head].lower() == words[:head].lower():
            other.append(_Hit(view, (Found(start, end),), (Remark.FIRST_LETTER,)))
    yield from other
    if len(words) > 2 and words[0] == words[-1] == "'":  # noqa: PLR2004
        yield from (
            replace(hit, remarks=(*hit.remarks, Remark.QUOTATION_MARKS))
            for hit in _literal(view, Folded(words[1:-1], words[1:-1]))
        )
    if view.joins or quote.joins or "/" in words:
        yield from _flexed(view, quote)


def _flexed(view: Folded, quote: Folded) -> Iterator[_Hit]:
    """With hyphens that the end of a line may have made or taken, and line breaks typed as a slash."""
    words = flexible(quote).strip()
    if words == quote.text.strip() and "-" not in words and "/" not in words:
        return
    remarks = (Remark.LINES,) if "/" in words else ()
    for found in Part((words,)).find(view, any_case=False):
        yield _Hit(view, (found,), remarks)


def _starts(text: str, words: str, head: int) -> Iterator[int]:
    at = text.find(words, head) if words else -1
    while at >= 0:
        yield at - head
        at = text.find(words, at + 1)


def _assemble(view: Folded, parts: list[Part]) -> Iterator[_Hit]:
    """The assignment with the smallest gaps, then the others by size."""
    found = [list(part.find(view)) for part in parts]
    if not all(found):
        return
    starts = [[one.start for one in places] for places in found]
    chains: list[tuple[int, tuple[Found, ...]]] = []
    for first in found[0]:
        chain = [first]
        for number in range(1, len(parts)):
            nxt = bisect_left(starts[number], chain[-1].end)
            if nxt == len(starts[number]) or not _may_elide(view.text, parts[number], chain[-1], found[number][nxt]):
                break
            chain.append(found[number][nxt])
        else:
            chains.append((chain[-1].end - first.start, tuple(chain)))
    for _, chain in sorted(chains, key=lambda item: (item[0], item[1][0].start)):
        yield _Hit(view, chain, (), tuple(parts))


def _may_elide(text: str, part: Part, before: Found, after: Found) -> bool:
    """A bare ellipsis is one of the source's own where that has one at either edge."""
    gap = text[before.end : after.start].strip(" .,;:'-")
    return not part.bare or gap == "…" or not (gap.startswith("…") or gap.endswith("…"))


def _is_far(before: Found, after: Found) -> bool:
    shorter = min(before.end - before.start, after.end - after.start)
    return after.start - before.end > min(FARTHEST, max(NEAR_ENOUGH, TIMES * shorter))


def _gaps(hit: _Hit) -> Iterator[tuple[int, int]]:
    for before, after in zip(hit.parts, hit.parts[1:], strict=False):
        yield (before.end, after.start)


def _changes(hit: _Hit) -> Iterator[tuple[str, int, int]]:
    text = hit.view.text
    for declared, found in zip(hit.declared, hit.parts, strict=False):
        if declared.before:
            yield (declared.before.words, _before(text, found.start, declared.before.words), found.start)
        for change, low, high in found.changes:
            yield (change.words, low, high)
        if declared.after:
            yield (declared.after.words, found.end, _after(text, found.end, declared.after.words))


def _is_scrap(words: str) -> bool:
    if any(map(is_unspaced, words)):
        return sum(map(str.isalnum, words)) < FEW_IDEOGRAPHS // 2
    return len(_word.findall(words)) <= 2 or len(words) < FEW_IDEOGRAPHS  # noqa: PLR2004


def _before(text: str, at: int, words: str = "") -> int:
    """Where the few words before ``at`` in its sentence begin; as many as ``words`` has, if given."""
    window = text[max(0, at - 100) : at]
    ends = [match.end() for match in _sentence_end.finditer(window.rstrip())]
    start = ends[-1] if ends else 0
    found = [match.start() for match in re.finditer(_neighbour, window) if match.start() >= start]
    few = len(_word.findall(words)) if words else _NEIGHBOURS
    return at - len(window) + (found[-few:] or [len(window)])[0]


def _after(text: str, at: int, words: str = "") -> int:
    """Where the few words after ``at`` in its sentence end."""
    window = text[at : at + 100]
    match = _sentence_end.search(window)
    end = match.start() if match else len(window)
    found = [match.end() for match in re.finditer(_neighbour, window) if match.end() <= end]
    few = len(_word.findall(words)) if words else _NEIGHBOURS
    return at + (found[:few] or [0])[-1]


_neighbour = re.compile(r"[\u2e80-\u9fff]|[^\W_\u2e80-\u9fff]+(?:'[^\W_]+)?")
