"""What pages depend on of a document's records: what other pages may show of it, and what only its own does."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from sphinx_annot.model.values import first_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_annot.model.records import DocRecords


def outward(doc: DocRecords) -> Iterator[str]:
    """Yield all that pages of other documents may show of a document, or depend on."""
    yield f"{doc.title}{doc.language}{doc.excluded}{doc.excluded_by}{doc.excluded_keys}{doc.conditions}"
    yield f"{doc.header.id}{doc.header.source!r}" if doc.header else ""
    for item in doc.sources:
        yield f"{item.source!r}{item.remark}{item.only}"
    for passage in doc.passages:
        yield f"{passage.id}{passage.source}{passage.locator}{passage.speaker}{passage.text}{passage.only}"
    for note, placement in zip_longest(doc.notes, doc.placements):
        yield f"{note.id}{note.on}{note.prefix}{note.suffix}{note.nth}{note.target}{note.kind}{note.by}{note.digest}"
        yield f"{note.on_translated}{note.prefix_translated}{note.suffix_translated}{note.layer}"
        yield f"{note.date}{note.placement}{note.below}{note.only}{placement and (placement.state, placement.words)}"
        yield first_words(doc.blocks[note.after]) if 0 <= note.after < len(doc.blocks) and not note.on else ""
        yield note.head
    for mark in doc.marks:
        yield f"{mark.what}{mark.target}{mark.owner}{mark.sentence}{mark.only}"
    for register in doc.registers:
        yield f"{register.of}{register.docs}{register.kind}{register.by}{register.source}{register.sort}{register.only}"
    for reference in doc.references:
        yield f"{reference.role}{reference.target}{reference.titled}{reference.owner}{reference.only}"
    yield ",".join(name for *_, name in sorted(_events(doc)))


def _events(doc: DocRecords) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield marks and anchors with their places: labels come in their order, wherever in their blocks these stand."""
    for number, mark in enumerate(doc.marks):
        yield *mark.at, 0, number, f"mark {number}"
    for number, (note, placement) in enumerate(zip_longest(doc.notes, doc.placements)):
        if placement and placement.end:
            yield *placement.end, 2 if placement.below else 1, number, str(number)
        elif not note.on and 0 <= note.after < len(doc.blocks):
            yield note.after, len(doc.blocks[note.after]), 2 if note.below else 1, number, str(number)


def inward(doc: DocRecords) -> Iterator[str]:
    """Yield what only a document's own page shows of it, beside its text."""
    yield from doc.originals
    for footnote in doc.footnotes:
        yield f"{footnote.label}{footnote.text}{footnote.only}"
    for mark in doc.marks:
        yield f"{mark.locator}{mark.at.block},{mark.at.offset}"
    for note in doc.notes:
        yield f"{note.first},{note.last},{note.after}"
    for placement in doc.placements:
        yield f"{placement.start}{placement.end}"
    for passage in doc.passages:
        yield f"{passage.language}{passage.original}"
    if doc.header:
        yield f"{doc.header.place_name}{doc.header.subjects}"
