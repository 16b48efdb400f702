"""Notes that stand one by one in a text: ``[^n]:``, in brackets, after their paragraph, at the foot of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot.importing.extracts import BARE_NOTE, Extract, RawNote
from sphinx_annot.importing.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(r"\[([A-Za-z]?\d{1,4}[a-z]?|[A-Z]{1,2}|[*†‡§¶]{1,4})\\?\]")
_SQUARE_NOTE = re.compile(
    r"^\s{0,3}\[?\\?\[(?P<square>[A-Za-z]?\d{1,4}[a-z]?|[A-Z]{1,2}(?=\\?\]\s)|[*†‡§¶]{1,4})"
    r"\\?\]\]?(?:\(#[^)\s]*\))?\s*[:.]?\s*(?=\S)"
)
_LABEL_ALONE = re.compile(r"^\s{0,3}\[(?P<square>\d{1,4})\]\s*$")
_FOOTNOTE_OPEN = re.compile(
    r"^\s*\[(?:Footnote|Note|Fußnote|Fussnote|Anmerkung|Nota|Note de bas de page|Сноска|Примечание)"
    r"\s+(?P<label>[\w*†‡§]{1,6})\s*[:.]\s*",
    re.IGNORECASE,
)
_UNLABELLED_OPEN = re.compile(r"^\s*\[(?:Footnote|Sidenote|Fußnote)\s*:\s*", re.IGNORECASE)
_SYMBOL_NOTE = re.compile(r"^\s*(?P<symbol>\*{1,3}|†{1,2}|‡{1,2}|§|¶|\\\*)\s?(?=[\w\"“‘_(])")
_DEFINITION = re.compile(r"^ {0,3}\[\^(?P<label>[^\]\n]{1,60})\]:[ \t]?(?P<rest>.*)$")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+|:::+)")
_RULE = re.compile(r"^\s*(?:_{5,}|-{8,}|—{3,})\s*$")


def definitions(lines: Sequence[Line]) -> Extract:
    """Take ``[^label]: text`` with its indented continuation out of Markdown lines."""
    result = Extract([])
    fence = ""
    position = 0
    while position < len(lines):
        line = lines[position]
        opened = _FENCE.match(line.text)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1][:3]
        match = None if fence else _DEFINITION.match(line.text)
        if not match:
            result.lines.append(line)
            position += 1
            continue
        end = _definition_end(lines, position + 1)
        body = [Line(line.number, match["rest"]), *(_dedent(item) for item in lines[position + 1 : end])]
        result.notes.append(RawNote(match["label"].strip(), body, native=True, style="native"))
        result.lines += [Line(item.number, "") for item in lines[position:end]]
        position = end
    return result


def _definition_end(lines: Sequence[Line], position: int) -> int:
    """Indented lines go on, and so do lazy lines right below; a blank line ends it unless an indented one follows."""
    end = position
    blank = False
    while position < len(lines):
        line = lines[position]
        if not line.words:
            blank = True
        elif line.indent >= 2 or (
            not blank and not _DEFINITION.match(line.text) and not line.text.startswith(("#", ">", "```"))
        ):
            end = position + 1
        else:
            break
        position += 1
    return end


def _dedent(line: Line) -> Line:
    return Line(line.number, line.text[min(line.indent, 4) :])


def bracketed(lines: Sequence[Line]) -> Extract:
    """Take ``[Footnote 1: ...]`` out, over as many paragraphs as the bracket stays open."""
    result = Extract([])
    position = 0
    while position < len(lines):
        match = _FOOTNOTE_OPEN.match(lines[position].text) or _UNLABELLED_OPEN.match(lines[position].text)
        end = _bracket_end(lines, position) if match else 0
        if not match or not end:
            result.lines.append(lines[position])
            position += 1
            continue
        body = [Line(lines[position].number, lines[position].text[match.end() :]), *lines[position + 1 : end]]
        body[-1] = Line(body[-1].number, body[-1].text.rstrip()[:-1])
        label = match["label"] if "label" in match.re.groupindex else "*"
        result.notes.append(RawNote(label, body, style="square"))
        result.lines += [Line(item.number, "") for item in lines[position:end]]
        position = end
    return result


def _bracket_end(lines: Sequence[Line], start: int) -> int:
    depth = 0
    for position in range(start, min(start + 400, len(lines))):
        text = lines[position].text
        depth += text.count("[") - text.count("]")
        if depth <= 0:
            return position + 1 if text.rstrip().endswith("]") else _next_end(lines, position)
    return 0


def _next_end(lines: Sequence[Line], position: int) -> int:
    """The bracket count was upset by brackets in the note; take the end of this paragraph if it closes there."""
    while position < len(lines) and lines[position].words:
        if lines[position].text.rstrip().endswith("]"):
            return position + 1
        position += 1
    return 0


def scattered(lines: Sequence[Line]) -> Extract:
    """Take out notes that stand after their paragraph, page or chapter: ``[2] words`` at the head of a paragraph.

    Where most of such paragraphs have no mark before them, their numbers are those of the paragraphs themselves.
    """
    result = Extract(list(lines))
    marked = _first_marks(lines)
    starts = [(position, match) for position in range(len(lines)) if (match := _note_start(lines, position))]
    known = [(position, match) for position, match in starts if match["square"] in marked]
    before = sum(marked[match["square"]] < position for position, match in known)
    if before * 2 < len(starts):
        return result
    done = 0
    for position, match in known:
        if position < done:
            continue
        done = _scattered_end(lines, position)
        body = [Line(lines[position].number, lines[position].text[match.end() :]), *lines[position + 1 : done]]
        result.notes.append(RawNote(match["square"], body))
        for index in range(position, done):
            result.lines[index] = Line(lines[index].number, "")
    return result


def _first_marks(lines: Sequence[Line]) -> dict[str, int]:
    """Return where each bracketed label first stands inside a paragraph."""
    found: dict[str, int] = {}
    for position, line in enumerate(lines):
        inside = position > 0 and bool(lines[position - 1].words)
        for match in _MARK.finditer(line.text):
            if match.start() > line.indent or inside:
                found.setdefault(match[1], position)
    return found


def _note_start(lines: Sequence[Line], position: int) -> re.Match[str] | None:
    line = lines[position]
    if not line.words or (position and lines[position - 1].words):
        return None
    alone = _LABEL_ALONE.match(line.text)
    if alone:
        return alone if position + 2 < len(lines) and lines[position + 2].indent >= 2 else None
    return _SQUARE_NOTE.match(line.text)


def _scattered_end(lines: Sequence[Line], position: int) -> int:
    """The paragraph, and further ones that hang under the label."""
    end = position + 1
    while end < len(lines) and lines[end].words and not _SQUARE_NOTE.match(lines[end].text):
        end += 1
    if end == position + 1 and _LABEL_ALONE.match(lines[position].text):
        end += 1
        while end < len(lines) and lines[end].words:
            end += 1
        return end
    hanging = end > position + 1 and lines[position + 1].indent >= 3
    while (
        hanging
        and end + 1 < len(lines)
        and not lines[end].words
        and lines[end + 1].words
        and lines[end + 1].indent >= 3
    ):
        end += 1
        while end < len(lines) and lines[end].words:
            end += 1
    return end


def ruled(lines: Sequence[Line]) -> Extract:
    """Take out the notes below a line of underscores or dashes at the foot of a page, as courts print them.

    Only notes whose numbers run on through the whole text are taken: ``1``, ``2``, ``3``.
    """
    result = Extract(list(lines))
    wanted = 1
    inside = False
    position = 0
    while position < len(lines):
        line = lines[position]
        inside = (inside and bool(line.words or not _long_gap(lines, position))) or bool(_RULE.match(line.text))
        match = BARE_NOTE.match(line.text) if inside and not lines[position - 1].words else None
        if not match or int(match["plain"]) != wanted:
            inside = inside and (not line.words or bool(_RULE.match(line.text)))
            position += 1
            continue
        end = position + 1
        while end < len(lines) and lines[end].words:
            end += 1
        body = [Line(line.number, line.text[match.end() :]), *lines[position + 1 : end]]
        result.notes.append(RawNote(match["plain"], body, style="ruled"))
        for index in range(position, end):
            result.lines[index] = Line(lines[index].number, "")
        wanted += 1
        position = end
    if not result.notes:
        return result
    result.lines = [Line(line.number, "") if _RULE.match(line.text) else line for line in result.lines]
    return result


def _long_gap(lines: Sequence[Line], position: int) -> bool:
    return position + 2 < len(lines) and not any(line.words for line in lines[position : position + 3])


def symbols(lines: Sequence[Line], *, escaped: bool = False) -> Extract:
    """Take out notes by symbols at the foot of a page: ``* words`` after a paragraph that carries the symbol.

    With ``escaped`` (Markdown) an asterisk counts only after a backslash.
    """
    result = Extract(list(lines))
    pending: dict[str, int] = {}
    for position, line in enumerate(lines):
        match = (
            _SYMBOL_NOTE.match(line.text) if line.words and (position == 0 or not lines[position - 1].words) else None
        )
        if match and escaped and match["symbol"].startswith("*"):
            match = None
        symbol = match["symbol"].lstrip("\\") if match else ""
        if match and pending.get(symbol) and not _is_list(lines, position, symbol):
            end = position + 1
            while end < len(lines) and lines[end].words:
                end += 1
            body = [Line(line.number, line.text[match.end() :]), *lines[position + 1 : end]]
            result.notes.append(RawNote(symbol, body, style="symbol"))
            for index in range(position, end):
                result.lines[index] = Line(lines[index].number, "")
            pending[symbol] -= 1
            continue
        for found in re.findall(r"(?<=[\w.,;:!?\"”’)])\\?(\*{1,3}|†{1,2}|‡{1,2}|§|¶)(?=[\s.,;:!?\"”’)]|$)", line.text):
            pending[found] = pending.get(found, 0) + 1
    return result


def _is_list(lines: Sequence[Line], position: int, symbol: str) -> bool:
    """Whether this is a bullet list: the next item has the same symbol."""
    if symbol != "*":
        return False
    for index in range(position + 1, min(position + 12, len(lines))):
        if lines[index].words:
            return lines[index].text.lstrip().startswith("* ")
    return False
