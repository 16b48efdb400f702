"""Notes that stand in a list under a heading that says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot.importing.extracts import BARE_NOTE, Extract, RawNote
from sphinx_annot.importing.lines import Line, percentile
from sphinx_annot.importing.words import BACK, NOTE_HEADING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL = (
    r"(?:\[\^?(?P<square>[A-Za-z]?\d{1,4}[a-z]?|[a-zA-Z]{1,2}|[ivxlc]{1,6}|[*†‡§¶]{1,4})\]\s*[:.]?"
    r"|\(¬?(?P<round>\d{1,4}[a-z]?)\)|(?P<super>[¹²³⁰⁴-⁹]{1,4})|\^(?P<caret>\d{1,4})\^?|<sup>(?P<tag>\d{1,4})</sup>"
    r"|\[?\[(?P<linked>\d{1,4})\]\]?\(#[^)\s]*\)"
    r"|(?P<plain>\d{1,4})(?:\\?[.)]|\s*[:–—])(?!\d)|(?P<symbol>[*†‡§‖¶]{1,4})(?![*\s]*$))\s*"
)
_ANY_NOTE = re.compile(rf"^\s*(?:[-*]\s+)?\**{_LABEL}\**(?=\S|$)")
_URLISH = re.compile(r"^\s*(?:<?https?://|www\.|\[[^\]]*\]\(#?\)|<a )", re.IGNORECASE)
_RUN_ON = re.compile(r"(?<=\S)\s+\[(\d{1,4})\]\s+(?=\S)")


def note_region(lines: Sequence[Line]) -> Extract:
    """Take out the lists of notes that stand under a heading that says so."""
    kept = list(lines)
    notes: list[RawNote] = []
    position = 0
    while position < len(kept):
        if kept[position].words and len(kept[position].words) < 80 and NOTE_HEADING.match(kept[position].words):
            start = position + 1
            found, used = _read_list(kept, start)
            if found:
                notes += found
                for index in used:
                    kept[index] = Line(kept[index].number, "")
                position = max(used)
        position += 1
    return Extract(kept, notes)


def _read_list(lines: list[Line], start: int) -> tuple[list[RawNote], set[int]]:
    """Read numbered notes from ``start`` on; return them and the positions of their lines."""
    first = next((index for index in range(start, min(start + 8, len(lines))) if lines[index].words), None)
    if first is None:
        return [], set()
    pattern = _ANY_NOTE
    match = pattern.match(lines[first].text)
    if not match:
        pattern = BARE_NOTE
        match = pattern.match(lines[first].text)
        if not match or match["plain"] not in ("1", "01"):
            return [], set()
    style = match.lastgroup or "plain"
    starts = _label_lines(lines, first, pattern, style)
    if not starts or (len(starts) == 1 and style in ("plain", "symbol", "round") and starts[0][1] != "1"):
        return [], set()
    notes, used = [], set()
    for index, (position, label, offset) in enumerate(starts):
        last = index + 1 == len(starts)
        end = _note_end(lines, position) if last else starts[index + 1][0]
        if not last:
            end = _trim(lines, position, end)
        body = [Line(lines[position].number, lines[position].text[offset:]), *lines[position + 1 : end]]
        notes += _run_on(RawNote(label, body, style=style))
        used |= set(range(position, end))
    return notes, used


def _trim(lines: Sequence[Line], start: int, end: int) -> int:
    """A heading between two notes (of the next chapter, say) belongs to neither."""
    for position in range(start + 1, end):
        words = lines[position].words
        if words and not lines[position - 1].words and NOTE_HEADING.match(words):
            return position
    return end


def _label_lines(lines: Sequence[Line], first: int, pattern: re.Pattern[str], style: str) -> list[tuple[int, str, int]]:
    """Find the lines that begin a note: same style of label, numbers going up (or restarting at 1)."""
    starts: list[tuple[int, str, int]] = []
    previous = 0
    gap = 0
    for position in range(first, len(lines)):
        line = lines[position]
        if line.text.startswith("#") and not NOTE_HEADING.match(line.words) and starts:
            break
        match = pattern.match(line.text) if line.words else None
        if match and match.lastgroup != style and {match.lastgroup, style} != {"square", "linked"}:
            match = None
        if not match:
            gap += bool(line.words)
            if starts and gap > 60:
                break
            continue
        label = match[match.lastgroup or 0]
        label = label.translate(str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789"))
        number = int(label) if label.isdigit() else previous + 1
        restart = number == 1 and starts and not lines[position - 1].words
        if starts and not restart and not previous < number <= previous + (1 if style == "plain" else 12):
            gap += 1
            continue
        starts.append((position, label, match.end()))
        previous, gap = number, 0
    return starts


def _note_end(lines: Sequence[Line], position: int) -> int:
    """Where the last note of a list ends: its paragraph, and addresses or indented lines that follow it."""
    lengths = [len(line.words) for line in lines[max(0, position - 40) : position + 1] if line.words]
    by_line = percentile(lengths, 0.7) > 160
    end = position + 1
    while end < len(lines) and lines[end].words and not _is_back(lines[end].words) and not by_line:
        end += 1
    while end < len(lines):
        following = next((index for index in range(end, len(lines)) if lines[index].words), None)
        if following is None:
            break
        before = next((lines[index].words for index in range(end - 1, position - 1, -1) if lines[index].words), "")
        open_end = before.endswith((":", ","))
        more = _URLISH.match(lines[following].text) or (lines[following].indent >= 4) or (open_end and following > end)
        if not more or _is_back(lines[following].words):
            break
        end = following + 1
        while end < len(lines) and lines[end].words and not _is_back(lines[end].words):
            end += 1
    return end


def _is_back(text: str) -> bool:
    bare = re.sub(r"[*_\[\]]", "", text)
    return any(pattern.match(bare) for _, pattern in BACK)


def _run_on(note: RawNote) -> list[RawNote]:
    """Part notes that run on in one line: ``[1] one [2] two``."""
    if note.style != "square" or not note.label.isdigit():
        return [note]
    result = [note]
    while True:
        last = result[-1]
        wanted = str(int(last.label) + 1)
        for index, line in enumerate(last.lines):
            match = next((found for found in _RUN_ON.finditer(line.text) if found[1] == wanted), None)
            if match:
                rest = [Line(line.number, line.text[match.end() :]), *last.lines[index + 1 :]]
                last.lines = [*last.lines[:index], Line(line.number, line.text[: match.start()])]
                result.append(RawNote(wanted, rest, style=note.style))
                break
        else:
            return result
