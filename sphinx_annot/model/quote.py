"""Is this quotation in that snapshot? Equal after a declared folding, or not: likeness never accepts.

The tiers: 0 Unicode NFC; 1 typography (:mod:`~sphinx_annot.model.fold`); 2 the first letter's case, markup and the
marks of notes (:mod:`~sphinx_annot.model.bare`); 3 declared changes (:mod:`~sphinx_annot.model.parts`). What is
accepted and still deserves a look, a negation left out or at the edge above all, is listed for review.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_annot.model.anchor import agrees, context
from sphinx_annot.model.bare import SIGNS as MARKUP_SIGNS
from sphinx_annot.model.bare import strip
from sphinx_annot.model.fold import Folded, fold, unspaced
from sphinx_annot.model.locator import Locator, labels, parse
from sphinx_annot.model.matching import (
    SENTENCE_END,
    Hit,
    assemble,
    changes,
    gaps,
    inner,
    is_far,
    literal,
    words_after,
    words_before,
)
from sphinx_annot.model.nearness import nearest, word_diff
from sphinx_annot.model.parts import Part, between_ellipses, declare, flexible, split
from sphinx_annot.model.snapshots import Snapshot
from sphinx_annot.model.verdict import Kind, Remark, Review, Verdict
from sphinx_annot.model.wording import negations, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEW_WORDS, FEW_LETTERS, FEW_IDEOGRAPHS = 4, 12, 8
_word = re.compile(r"[^\W_]+")
_figures = re.compile(r"\[\d+\]")
_AFFIXES = frozenset({"un", "in", "im", "il", "ir", "dis", "non", "mis", "n't", "'t", "less", "не", "без", "أ", "ir-"})


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
    if not any(map(str.isalnum, quote)):
        return Verdict(kind=Kind.UNCHECKED, remarks=(Remark.TOO_SHORT,))
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
    if 2 * unspaced(words) >= letters:
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
        elsewhere: Hit | None = None
        fits = True
        for hit in self._hits():
            if scope is not None and not self._is_in(hit, scope):
                elsewhere = elsewhere or hit
                continue
            fits = self._has_context(hit)
            if fits:
                return self._accepted(hit, narrowed=scope is not None)
        if fits and elsewhere:
            start, _ = elsewhere.view.span(elsewhere.parts[0].start, elsewhere.parts[-1].end)
            return self._mismatch(start, remarks=(Remark.ELSEWHERE,))
        return self._refused(() if fits else (Remark.CONTEXT,))

    def _scope(self) -> list[tuple[int, int]] | None:
        if not self.locator:
            return None
        parsed = parse(self.locator, labels(self.language or "en"))
        return self.snapshot.places(parsed, self.language) if isinstance(parsed, Locator) else None

    def _hits(self) -> Iterator[Hit]:
        """Candidates: the whole quotation, then its declared parts.

        Without marks and markup nearly every quotation is found at once, so that comes first; whether any were in the
        way is seen afterwards. What has brackets of its own is found at tier 1.
        """
        folded, bare = self.snapshot.folded, self.snapshot.bare
        marked = any(sign in self.quote for sign in MARKUP_SIGNS)
        yield from literal(bare, fold(self.quote, 2, blocks=False, letters=False) if marked else self.plain)
        if marked or bare is not folded:
            yield from literal(folded, self.plain)
        yield from self._declared()

    def _declared(self) -> Iterator[Hit]:
        """Without marks of notes; then with figures in brackets as changes, unless the source has them as marks."""
        folded, bare = self.snapshot.folded, self.snapshot.bare
        views = [(2, bare)]
        if not any(mark in self.snapshot.text for mark in _figures.findall(self.quote)):
            views += [(1, folded), (1, bare)]
        seen: set[tuple[str, bool, int]] = set()
        for tier, view in views:
            words = flexible(fold(declare(self.quote), tier, blocks=False, letters=False)).strip()
            for some, bare_too in itertools.product((words, inner(words)), (False, True)):
                parts = split(some, bare_too=bare_too)
                if (some, bare_too, id(view)) not in seen and parts and parts[0].literals[0] != some:
                    yield from assemble(view, parts)
                seen.add((some, bare_too, id(view)))

    def _is_in(self, hit: Hit, scope: list[tuple[int, int]]) -> bool:
        start = hit.view.span(hit.parts[0].start, hit.parts[-1].end)[0]
        return any(low <= start < high for low, high in scope)

    def _has_context(self, hit: Hit) -> bool:
        span = (hit.parts[0].start, hit.parts[-1].end)
        return agrees(hit.view.text, span, context(self.prefix), context(self.suffix))

    def _accepted(self, hit: Hit, *, narrowed: bool) -> Verdict:
        spans = tuple(self.snapshot.stored_span(*hit.view.span(part.start, part.end)) for part in hit.parts)
        kind, remarks = self._kind(hit), hit.remarks + (Remark.NARROWED,) * narrowed
        if not hit.declared and self._has_markup(hit):
            remarks = (*remarks, Remark.MARKUP)
        words = " ".join(literal for part in hit.declared for literal in part.literals) or self.plain.text.strip()
        if is_short(words) and not (self.locator or self.prefix or self.suffix):
            kind, remarks = Kind.UNCHECKED, (*remarks, Remark.TOO_SHORT)
        elif hit.declared and self._has_scraps(hit):
            kind, remarks = Kind.UNCHECKED, (*remarks, Remark.SCRAP)
        elif any(is_far(a, b) for a, b in zip(hit.parts, hit.parts[1:], strict=False)):
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

    def _kind(self, hit: Hit) -> Kind:
        if any(True for _ in changes(hit)):
            return Kind.ALTERED
        if any(part.elided or part.ends for part in hit.declared) and not self._has_own_ellipses(hit):
            return Kind.ELIDED
        start, end = hit.view.span(hit.parts[0].start, hit.parts[0].end)
        pair = (self.snapshot.text[start:end], self.quote.strip())
        stands, quoted = (unicodedata.normalize("NFC", words) for words in pair)
        return Kind.VERBATIM if stands == quoted else Kind.TYPOGRAPHIC

    def _has_markup(self, hit: Hit) -> bool:
        """Whether markup or marks, in the snapshot or the quotation, had to be taken out."""
        folded = self.snapshot.folded
        start, end = (folded.at(at) for at in hit.view.span(hit.parts[0].start, hit.parts[0].end))
        stands, quoted = (
            re.sub("[-']", "", words).lower() for words in (folded.text[start:end], self.plain.text.strip())
        )
        return stands != quoted and "/" not in quoted

    def _has_own_ellipses(self, hit: Hit) -> bool:
        """Whether every ellipsis turned out to be the source's own."""
        first, last = hit.declared[0], hit.declared[-1]
        between = {hit.view.text[start:end].strip() for start, end in gaps(hit)}
        return between == {"…"} and not (first.elided or last.ends) and all(part.bare for part in hit.declared[1:])

    def _has_scraps(self, hit: Hit) -> bool:
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
            if all(SENTENCE_END.search(text[hit.parts[a].end : hit.parts[b].start]) for a, b in beside):
                return True
        return False

    def _is_rare(self, part: Part) -> bool:
        known = self.snapshot.rare_words
        rare = all(len(word) >= FEW_IDEOGRAPHS and len(known.get(word, "***")) <= 2 for word in part.words)  # noqa: PLR2004
        return rare and not negations(" ".join(part.words), self.language)

    def _omitted(self, hit: Hit) -> Iterator[str]:
        for start, end in gaps(hit):
            low, high = hit.view.span(start, end)
            if words := self.snapshot.text[low:high].strip():
                yield words

    def _review(self, hit: Hit) -> Iterator[Review]:
        text = hit.view.text
        for start, end in gaps(hit):
            yield from self._reviewed("negation left out", negations(text[start:end], self.language), hit, start, end)
        start, end = hit.parts[0].start, hit.parts[-1].end
        low, high = words_before(text, start), words_after(text, end)
        yield from self._reviewed("negation just before", negations(text[low:start], self.language), hit, low, start)
        yield from self._reviewed("negation just after", negations(text[end:high], self.language), hit, end, high)
        for change, low, high in changes(hit):
            yield from self._changed(hit, change, low, high)

    def _changed(self, hit: Hit, words: str, low: int, high: int) -> Iterator[Review]:
        was = hit.view.text[low:high]
        for what, find in (("negation changed", negations), ("number changed", numbers)):
            new, old = sorted(find(words, self.language)), sorted(find(was, self.language))
            if new != old:
                yield from self._reviewed(what, [f"{was.strip()} > {words}"], hit, low, high)
        if _AFFIXES & {words.casefold().strip(), was.casefold().strip()}:
            yield from self._reviewed("negation changed", [f"{was.strip()} > {words}"], hit, low, high)

    def _reviewed(self, what: str, words: list[str], hit: Hit, start: int, end: int) -> Iterator[Review]:
        if words:
            looked_at = hit.view.text[start:end]
            start, end = end - len(looked_at.lstrip()), start + len(looked_at.rstrip())
            span = self.snapshot.stored_span(*hit.view.span(start, end))
            yield Review(what, ", ".join(dict.fromkeys(words)), span)

    def _refused(self, remarks: tuple[Remark, ...]) -> Verdict:
        """What the source has instead; of a quotation that leaves words out, instead of the parts that it has not."""
        declared = fold(declare(self.quote), blocks=False)
        parts = [declared.source[slice(*declared.span(*span))].strip() for span in between_ellipses(declared.text)]
        wrong = [part for part in parts if len(parts) == 1 or not self._stands(part)]
        if parts and not wrong and not remarks:
            return self._mismatch(None, remarks=(Remark.ORDER,))
        found = [self._near(part) for part in wrong]
        if not any(found) and len(wrong) == len(parts) and not remarks:
            return Verdict(kind=Kind.MISSING, snapshot=self.snapshot.name)
        near = " … ".join(one[0] if one else f"[-{part}-]" for one, part in zip(found, wrong, strict=True))
        return self._mismatch(next((one[1] for one in found if one), None), near=near, remarks=remarks)

    def _mismatch(self, start: int | None, near: str = "", remarks: tuple[Remark, ...] = ()) -> Verdict:
        """Refused for what stands at ``start`` of the snapshot's text, ``None`` if that is unknown."""
        line = self.snapshot.line(self.snapshot.stored_span(start, start)[0]) if start is not None else 0
        return Verdict(kind=Kind.MISMATCH, snapshot=self.snapshot.name, near=near, remarks=remarks, line=line)

    def _stands(self, part: str) -> bool:
        alone = _Check(part, self.snapshot, "", "", "", self.language, fold(part, blocks=False))
        return any(True for _ in alone._hits())

    def _near(self, words: str) -> tuple[str, int] | None:
        """The difference to the words that are nearest, and where these begin."""
        view, folded = self.snapshot.folded, fold(words, blocks=False).text.strip()
        span = nearest(view.text, folded, known=self.snapshot.rare_words, unique=False)
        if span is None:
            return None
        low, high = view.span(*span)
        return self._diff(words, low, high) or self._diff(words, *_whole(self.snapshot.text, low, high)), low

    def _diff(self, words: str, low: int, high: int) -> str:
        now = strip(self.snapshot.text[low:high])[0]
        if now[:1].casefold() == words[:1].casefold():  # a capital there is no difference
            now = words[:1] + now[1:]
        return word_diff(" ".join(words.split()), " ".join(now.split()))


def _whole(text: str, low: int, high: int) -> tuple[int, int]:
    """With what hangs together with the edges: a word or a figure that was cut."""
    while low and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    return (low, high)


def _is_scrap(words: str) -> bool:
    if unspaced(words):
        return sum(map(str.isalnum, words)) < FEW_IDEOGRAPHS // 2
    return len(_word.findall(words)) <= 2 or len(words) < FEW_IDEOGRAPHS  # noqa: PLR2004
