"""What can be wrong with an edition: one enum of codes, one record."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Code(StrEnum):
    """A problem code: the subtype of the warning that reports it."""

    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"
    LEMMA_MISSING = "lemma_missing"
    LEMMA_AMBIGUOUS = "lemma_ambiguous"
    QUOTE_MISMATCH = "quote_mismatch"
    QUOTE_MISSING = "quote_missing"
    STALE = "stale"
    URL = "url"
    DATE = "date"
    LOCATOR = "locator"
    OPTION = "option"
    CONFIG = "config"
    FILE = "file"
    QUOTE_UNCHECKED = "quote_unchecked"
    REVIEW = "review"
    UNCITED = "uncited"
    UNMARKED = "unmarked"
    NUMBER = "number"
    UNDECLARED = "undeclared"

    @property
    def is_notice(self) -> bool:
        """Whether the problem only deserves a look and never fails a build."""
        return self in _NOTICES


_NOTICES = frozenset({Code.QUOTE_UNCHECKED, Code.REVIEW, Code.UNCITED, Code.UNMARKED, Code.NUMBER, Code.UNDECLARED})


class Place(NamedTuple):
    """Where something stands in the source text.

    ``file`` is the path relative to the source folder when the words come from another file than
    the document's own (an included one), else empty; ``line`` counts from 1, 0 is unknown.
    """

    docname: str
    line: int = 0
    file: str = ""

    def __str__(self) -> str:
        name = self.file or self.docname
        return f"{name}:{self.line}" if self.line else name


class Problem(NamedTuple):
    """Something wrong: what, where, and in ``message`` also what to do about it."""

    code: Code
    message: str
    place: Place
