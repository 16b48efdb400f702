"""What stands in an edition now, as the lock file keeps it, and what has changed since a person accepted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot.model.findings import review_lock
from sphinx_annot.model.lock import Lock, NoteLock, QuoteLock, digest, drift
from sphinx_annot.model.problems import Code, Problem
from sphinx_annot.model.sentences import sentence_ends, sentence_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.pages import PageNote
    from sphinx_annot.model.problems import Place
    from sphinx_annot.model.quotations import Checked
    from sphinx_annot.model.records import DocRecords

_CHANGED = {
    "lemma": "the words that the note is about have changed",
    "sentence": "the text around the note has changed",
    "quote": "the quotation has changed",
    "verdict": "the verdict on the quotation has changed",
}


def lemmas(edition: Edition) -> Iterator[tuple[PageNote, str, str]]:
    """Yield each note that stands in a text, its lemma (empty: a whole block) and the sentence or block around."""
    for docname in edition.order:
        for note in edition.pages[docname].notes:
            words = _words(edition.docs[docname], note)
            if words is not None:
                yield note, *words


def current(edition: Edition, checked: Iterable[Checked]) -> Lock:
    """Return what the lock file would hold if everything were accepted as it is now."""
    notes = {note.uid: NoteLock(digest(lemma), digest(sentence)) for note, lemma, sentence in lemmas(edition)}
    quotes, reviews = {}, set()
    for item in checked:
        quotation, verdict = item.quotation, item.verdict
        if quotation.source:
            quotes[quotation.id] = QuoteLock(digest(quotation.words), verdict.snapshot, str(verdict.kind))
            reviews |= {review_lock(quotation, review.what, review.words) for review in verdict.review}
    return Lock(notes, quotes, frozenset(reviews))


def drifted(accepted: Lock, edition: Edition, checked: Iterable[Checked]) -> Iterator[Problem]:
    """Yield what has changed under notes and quotations since they were accepted."""
    checked = list(checked)
    places: dict[tuple[str, str], Place] = {("quote", item.quotation.id): item.quotation.place for item in checked}
    for uid in edition.index.notes:
        places["note", uid] = edition.shown_note(uid).note.place
    for item in drift(accepted, current(edition, checked)):
        remedy = f"compare the two, then run: sphinx-annot accept PROJECT {item.id}"
        message = f'{_CHANGED[item.what]} since "{item.id}" was accepted; {remedy}'
        yield Problem(code=Code.STALE, message=message, place=places[item.kind, item.id])


def _words(doc: DocRecords, note: PageNote) -> tuple[str, str] | None:
    start, end = note.placement.start, note.placement.end
    if end is None or note.placement.state not in {"lemma", "block"}:
        return None
    if start is None:
        return "", doc.blocks[end.block]
    if start.block == end.block:
        text = doc.blocks[start.block]
        low, high = sentence_span(text, start.offset, end.offset, sentence_ends(text))
        return text[start.offset : end.offset], text[low:high].strip()
    blocks = doc.blocks[start.block : end.block + 1]
    inside = [blocks[0][start.offset :], *blocks[1:-1], blocks[-1][: end.offset]]
    return "\n\n".join(inside), "\n\n".join(blocks)
