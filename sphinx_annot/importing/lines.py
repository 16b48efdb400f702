"""Lines of plain text: which of them belong together, and where a paragraph ends when no blank line says so."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_annot.importing.words import BYLINE, INTRODUCING, LABELLED, NOTE_HEADING

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENING = "\"“„«‹‘'「『"
CLOSING = "\"”“»›’'」』"
_MARK_TAIL = r"(?:\s*(?:\[\^?[\w*†‡§ -]{1,20}\]|\(\d{1,3}\)|[¹²³⁰-⁹]+))*"
SENTENCE_END = re.compile(rf"[.?!…。！？؟:][\"”»’')\]]*{_MARK_TAIL}[.]?\s*$")
_MARK_END = re.compile(r"(?:\[\^?\d{1,3}\]|\(\d{1,3}\))\s*$")
HEADER_GROUPS = 8
_DATE_LINE = re.compile(
    r"^(?:\w+,?\s+)?(?:\w{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?|\d{1,2}\.?\s+\w{3,12}\.?,?)\s+\d{4}$"
)
_FROM_LINE = re.compile(r"^from(?:\s+\S.{0,60})?$", re.IGNORECASE)
_FUNCTION_WORDS = frozenset(
    "the of and a an in with has have had is are was were to by for from on at as or that which who "
    "its his her their this these "
    "but not be been it into over than der die das und von mit in zu le la les de des du et el los las y en del".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input and its number, from 1."""

    number: int
    text: str

    @property
    def indent(self) -> int:
        """How many columns of white space come before the words."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def words(self) -> str:
        """The line without white space at its ends."""
        return self.text.strip()


def number_lines(text: str, *, ends: bool = False) -> list[Line]:
    """Return the lines of ``text``, tabs expanded; white space at their ends stays only with ``ends``."""
    expanded = (line.expandtabs(4) for line in text.split("\n"))
    return [Line(number, line if ends else line.rstrip()) for number, line in enumerate(expanded, 1)]


def chunks(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines at blank lines."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.words:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def is_ragged(lines: Sequence[Line]) -> bool:
    """Whether the text lacks the blank lines that part paragraphs (as when they were lost in extraction)."""
    filled = [line for line in lines if line.words]
    longest = max((len(group) for group in chunks(lines)), default=0)
    return len(filled) >= 12 and longest >= 12 and longest > len(filled) * 0.4


def percentile(values: Sequence[int], share: float) -> int:
    """Return the value below which ``share`` of ``values`` lie, 0 if there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


@dataclass(frozen=True, slots=True)
class Shape:
    """How a text without blank lines is set: one line a paragraph, or wrapped at a width."""

    by_line: bool
    width: int


def shape_of(lines: Sequence[Line]) -> Shape:
    """Measure a text."""
    lengths = [len(line.words) for line in lines if line.words]
    return Shape(percentile(lengths, 0.85) > 140, percentile(lengths, 0.8))


def split_ragged(group: Sequence[Line], shape: Shape) -> list[list[Line]]:
    """Split lines without blank lines between them into paragraphs."""
    return _split_by_line(group) if shape.by_line else _split_by_width(group, shape.width)


def opens_quotation(text: str) -> bool:
    """Whether ``text`` begins with a quotation mark (after any markup)."""
    return text.lstrip("*_ ")[:1] in OPENING and bool(text.strip())


def whole_quotation(text: str) -> bool:
    """Whether ``text`` is from its first to its last character one quotation in quotation marks."""
    core = re.sub(rf"{_MARK_TAIL}\s*$", "", text.strip("*_ ")).rstrip(" .,;:-–—*_")
    if len(core) < 3 or core[0] not in OPENING or core[-1] not in CLOSING:
        return False
    inner = core[1:-1]
    opening = core[0]
    if opening == '"':
        return inner.count('"') % 2 == 0 and not re.search(r'[.?!,]"\s+\w[^"]*"', inner)
    if opening in "“„":
        return inner.count("”") + (inner.count("“") if opening == "„" else 0) <= inner.count("“") + inner.count("„")
    if opening in "'‘":
        return not re.search(r"\w[.,?!]?[’']\s+(?:[a-z]+\s+)*[‘']", inner)
    return inner.count("»") <= inner.count("«")


def _split_by_line(group: Sequence[Line]) -> list[list[Line]]:
    """Every line is a paragraph, but a quotation in short lines keeps together."""
    result: list[list[Line]] = []
    position = 0
    while position < len(group):
        taken = 1
        if opens_quotation(group[position].words) and not _closes(group[position].words):
            for extent in range(2, 9):
                part = group[position : position + extent]
                if len(part) < extent or any(len(line.words) > 90 for line in part):
                    break
                if _closes(part[-1].words):
                    taken = extent
                    break
        elif group[position].words.lower() == "from" and position + 1 < len(group):
            taken = 2
        result.append(list(group[position : position + taken]))
        position += taken
    return result


def _closes(text: str) -> bool:
    return bool(re.search(rf"[{re.escape(CLOSING)}][.,;]?{_MARK_TAIL}[.,;]?\s*$", text)) and len(text.strip()) > 1


def _split_by_width(group: Sequence[Line], width: int) -> list[list[Line]]:
    breaks = {0}
    for position in range(1, len(group)):
        if _ends_paragraph(group, position, width):
            breaks.add(position)
    _break_quotations(group, breaks)
    _break_headings(group, breaks, width)
    ordered = [*sorted(breaks), len(group)]
    return [list(group[start:end]) for start, end in itertools.pairwise(ordered) if start < end]


def _ends_paragraph(group: Sequence[Line], position: int, width: int) -> bool:
    before, after = group[position - 1].words, group[position].words
    if is_header_line(before) and position <= 12:
        return not (before.lower() == "from" or (before[-1:] in ",-" and not after[:1].isupper()))
    if is_header_line(after) and position <= 12:
        return before.lower() != "from"
    if before.lower() == "from" and position <= 12:
        return False
    if position >= 2 and group[position - 2].words.lower() == "from" and position <= 12:
        return True
    if NOTE_HEADING.match(after) or NOTE_HEADING.match(before):
        return True
    if re.match(r"^[-•*]\s+\S", after):
        return True
    first = after.split(None, 1)[0]
    fits = len(before) + 1 + len(first) <= width
    starts = first[:1].isupper() or first[:1].isdigit() or first[:1] in OPENING + "[(.…" or not first[:1].isascii()
    if before.endswith(":") and INTRODUCING.search(before):
        return fits
    return bool(SENTENCE_END.search(before) or _MARK_END.search(before)) and fits and starts


def is_header_line(text: str) -> bool:
    """Whether a line by itself is a byline, a date or the place where the text first stood."""
    return len(text) < 90 and bool(BYLINE.match(text) or _DATE_LINE.match(text) or _FROM_LINE.match(text))


def split_header(group: Sequence[Line]) -> list[list[Line]]:
    """Part a few short lines of which most belong to a header; return nothing if they are something else."""
    if not 2 <= len(group) <= 8 or any(len(line.words) > 100 for line in group):
        return []
    telling = [
        is_header_line(line.words) or any(pattern.match(line.words) for pattern in LABELLED.values()) for line in group
    ]
    if sum(telling) * 2 < len(group) or (not telling[0] and not telling[1]):
        return []
    parts: list[list[Line]] = []
    for line in group:
        if parts and parts[-1][-1].words.lower() == "from":
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _break_quotations(group: Sequence[Line], breaks: set[int]) -> None:
    """Set a quotation apart that fills whole lines after an introducing line."""
    for position in range(1, len(group)):
        before, here = group[position - 1].words, group[position].words
        if not (opens_quotation(here) and before[-1:] in ":,;"):
            continue
        for end in range(position, min(position + 14, len(group))):
            if not _closes(group[end].words):
                continue
            text = " ".join(line.words for line in group[position : end + 1])
            following = group[end + 1].words if end + 1 < len(group) else ""
            if whole_quotation(text) and not following[:1].islower():
                breaks.difference_update(range(position + 1, end + 1))
                breaks.update({position, end + 1})
            break


def _break_headings(group: Sequence[Line], breaks: set[int], width: int) -> None:
    """Set a heading apart: one or two short lines between the end of a sentence and a full line."""
    for position in sorted(breaks):
        for extent in (1, 2):
            part = group[position : position + extent]
            following = group[position + extent].words if position + extent < len(group) else ""
            text = " ".join(line.words for line in part)
            if any(start in breaks for start in range(position + 1, position + extent)):
                break
            if (
                len(part) == extent
                and looks_like_heading(text, width)
                and following[:1].isupper()
                and len(following) >= 30
            ):
                breaks.add(position + extent)
                break


def looks_like_heading(text: str, width: int = 75) -> bool:
    """Whether a short line by itself reads like a heading."""
    words = text.split()
    if not 2 <= len(words) <= 12 or not 10 <= len(text) <= min(70, max(50, width)):
        return False
    if text[-1] in ".,;:!?\"”')]-" or not (text[0].isupper() or text[0].isdigit()):
        return False
    if words[-1].lower() in _FUNCTION_WORDS or any(mark in text for mark in ("http", "@", '"', "“", "[", "...")):
        return False
    return not is_header_line(text) and not NOTE_HEADING.match(text)
