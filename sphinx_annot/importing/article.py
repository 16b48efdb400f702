"""An article as found: blocks of text, its header, marks, notes, mends and doubts, as plain values."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_annot.model.records import Source

PLAIN: frozenset[str] = frozenset()
_SPACE = re.compile(r"\s+")


class ArticleError(Exception):
    """Input that cannot be an article; the message is one line for the person who gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of words in one style.

    ``styles`` holds any of ``em``, ``strong``, ``code``, ``sup``, ``sub``, ``strike``. ``note`` is the key of
    a note that the format itself links to; ``mark`` the index of a recognised mark in ``Article.marks``, else
    -1. With ``image`` (an address) the text is the alternative text. A line feed in ``text`` is a line break.
    """

    text: str
    styles: frozenset[str] = PLAIN
    href: str = ""
    note: str = ""
    image: str = ""
    mark: int = -1
    printed: str = ""


@dataclass(slots=True, kw_only=True)
class Block:
    """A block of the text.

    ``kind``: ``paragraph``, ``heading``, ``quote``, ``verse``, ``list``, ``item``, ``table``, ``row``, ``cell``,
    ``code`` or ``rule``. ``part`` is where it belongs: ``body``, ``header``, ``back`` or ``gone`` (left out and
    reported). ``info`` holds the language of code, ``ordered`` for a list, ``head`` for a row, the kind of back
    matter. ``level`` is a heading's level or a list's first number; ``line`` counts from 1, 0 is unknown.
    """

    kind: str
    runs: list[Run] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)
    level: int = 0
    line: int = 0
    part: str = "body"
    info: str = ""
    indent: int = 0
    attribution: str = ""
    quotation: Quotation | None = None

    def text(self) -> str:
        """Return the words of the block without marks, white space collapsed."""
        return squeeze(self.raw_text())

    def raw_text(self) -> str:
        """Return the words of the block without marks, as they stand."""
        if self.children:
            return "\n".join(child.raw_text() for child in self.children)
        return plain(self.runs)

    def leaves(self) -> Iterator[Block]:
        """Yield the blocks that hold runs, in reading order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What is known of a displayed quotation: who speaks, and the index of the note it is taken from (or -1)."""

    speaker: str = ""
    note: int = -1
    quoted: bool = False
    certain: bool = True
    epigraph: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMark:
    """A mark in the text: its label, the index of its note (-1: none), the words before it, how it is printed."""

    label: str
    note: int
    after: str
    line: int
    native: bool = False
    printed: str = ""


@dataclass(slots=True, kw_only=True)
class FoundNote:
    """A note: its label as printed (without brackets), its blocks, addresses and, if it is a reference, its source."""

    key: str
    label: str
    blocks: list[Block]
    line: int
    urls: list[str] = field(default_factory=list)
    source: Source | None = None

    def text(self) -> str:
        """Return the words of the note, white space collapsed."""
        return squeeze(" ".join(block.raw_text() for block in self.blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Damage that was mended: what kind, the words it is about, where; ``count`` places were mended alike."""

    kind: str
    line: int
    text: str = ""
    before: str = ""
    then: str = ""
    note: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something the editor should look at."""

    line: int
    message: str


@dataclass(slots=True, kw_only=True)
class Heading:
    """The header of an article, empty where the text says nothing. ``date`` is ISO, whole or cut short."""

    title: str = ""
    subtitle: str = ""
    author: list[str] = field(default_factory=list)
    editor: list[str] = field(default_factory=list)
    translator: list[str] = field(default_factory=list)
    date: str = ""
    publication: str = ""
    source_url: str = ""
    region: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    copyright: str = ""
    language: str = ""


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a reader hands on: blocks in order, notes the format itself declares, metadata by name."""

    blocks: list[Block]
    notes: list[FoundNote] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    chrome: list[tuple[str, str]] = field(default_factory=list)
    language: str = ""
    mends: list[Mend] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Article:
    """An article as the importer sees it."""

    heading: Heading
    blocks: list[Block]
    notes: list[FoundNote]
    marks: list[FoundMark]
    mends: list[Mend]
    doubts: list[Doubt]
    chrome: list[tuple[str, str]]


def squeeze(text: str) -> str:
    """Return ``text`` with white space collapsed and invisible characters removed."""
    return _SPACE.sub(" ", text.replace("\u00ad", "").replace("\u2060", "").replace("\ufeff", "")).strip()


def slug(text: str) -> str:
    """Return a name that is safe as a file name and id."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return re.sub(r"[^\w]+", "-", plain).strip("-_").casefold()[:60]


def plain(runs: Iterable[Run]) -> str:
    """Return the words of ``runs`` without marks and images."""
    return "".join(run.text for run in runs if run.mark < 0 and not run.note and not run.image)


def split_runs(runs: list[Run], cuts: list[tuple[int, int, list[Run]]]) -> list[Run]:
    """Replace stretches of the joined text of ``runs`` by other runs.

    ``cuts`` are (start, end, replacement) in ascending order, as offsets in the text of all runs together.
    """
    result: list[Run] = []
    queue = list(cuts)
    position = 0
    for run in runs:
        start, end = position, position + len(run.text)
        position = end
        cursor = start
        while queue and queue[0][0] < end:
            cut_start, cut_end, replacement = queue[0]
            if cut_start > cursor:
                result.append(replace(run, text=run.text[cursor - start : cut_start - start]))
            if cut_start >= start:
                result.extend(replacement)
            cursor = max(cursor, min(cut_end, end))
            if cut_end > end:
                break
            queue.pop(0)
        if cursor < end or not run.text:
            result.append(replace(run, text=run.text[cursor - start :]))
    return result


def joined(runs: Iterable[Run]) -> str:
    """Return the text of all ``runs``, marks and images included."""
    return "".join(run.text for run in runs)


def strip_runs(runs: list[Run]) -> list[Run]:
    """Return ``runs`` without white space at both ends."""
    result = list(runs)
    while result and not result[0].image and not result[0].note and result[0].mark < 0 and not result[0].text.strip():
        result.pop(0)
    while (
        result and not result[-1].image and not result[-1].note and result[-1].mark < 0 and not result[-1].text.strip()
    ):
        result.pop()
    if result:
        result[0] = replace(result[0], text=result[0].text.lstrip())
        result[-1] = replace(result[-1], text=result[-1].text.rstrip())
    return result


def all_leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block with runs of its own, in reading order."""
    for block in blocks:
        yield from block.leaves()
