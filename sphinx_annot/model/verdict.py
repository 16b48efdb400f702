"""What the check of a quotation says."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


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
    ORDER = "its parts stand in another order, or overlap"
    CONTEXT = "stands without the prefix or suffix given"
    TOO_SHORT = "too short"
    SCRAP = "a scrap beside an elision"
    TOO_FAR = "an elision over too many words"
    NO_SNAPSHOT = "no snapshot"


class Review(NamedTuple):
    """Something that is exact and deserves a look: ``what``, and the words and place (in the snapshot) it is about."""

    what: str
    words: str
    span: tuple[int, int]


class Verdict(NamedTuple):
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
