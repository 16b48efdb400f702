"""What pages depend on of a document's records: what other pages may show of it, and what only its own does."""

from __future__ import annotations

import sys
from itertools import zip_longest
from typing import TYPE_CHECKING

from sphinx_annot.model.records import Point
from sphinx_annot.model.values import first_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_annot.model.records import DocRecords


def outward(doc: DocRecords) -> Iterator[str]:
    """Yield all that pages of other documents may show of a document, or depend on."""
    yield f"{doc.title}{doc.language}{doc.excluded}{doc.excluded_keys}{doc.conditions}"
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
    # labels come in the order of marks and anchors, wherever in their blocks these stand
    at = [(mark.at, number) for number, mark in enumerate(doc.marks)]
    at += [(place.end, -1 - number) for number, place in enumerate(doc.placements) if place.end]
    at += [(Point(note.after, sys.maxsize), -1 - number) for number, note in enumerate(doc.notes) if not note.on]
    yield ",".join(str(number) for _, number in sorted(at))


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
