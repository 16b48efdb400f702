"""Plain text -> draft: paragraphs, headings, indented passages, verse, lists, notes, archive wrappers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_annot.importing.archives import unwrap
from sphinx_annot.importing.article import Block, Draft, FoundNote, Mend, Run
from sphinx_annot.importing.inline import Inline, plain_inline
from sphinx_annot.importing.lines import (
    HEADER_GROUPS,
    Line,
    chunks,
    is_ragged,
    looks_like_heading,
    number_lines,
    percentile,
    shape_of,
    split_header,
    split_ragged,
)
from sphinx_annot.importing.listed import note_region
from sphinx_annot.importing.loose import bracketed, ruled, scattered, symbols
from sphinx_annot.importing.words import NOTE_HEADING, SEPARATOR
from sphinx_annot.importing.wrapped import Joiner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_annot.importing.extracts import Extract, RawNote

_BULLET = re.compile(r"^\s*(?:[-–•·o▪*])\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(?=\S)")
_COLUMNS = re.compile(r"\S {3,}\S")
_PAGE = re.compile(
    r"^\s*(?:[-–—]\s*)?(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*[-–—])?\s*$|^\s*\[(?:pg|page|p\.)\s*[\divxlc]+\]\s*$",
    re.IGNORECASE,
)


def read_text(text: str) -> Draft:
    """Return the draft of a plain text."""
    lines, meta, blocks_before, blocks_after, mends = unwrap(number_lines(text))
    lines = _without_running_heads(lines, mends)
    extract, raw = take_notes(lines)
    joiner = Joiner(text)
    reader = _TextReader(joiner, plain_inline, lines)
    notes = [_note(index, item, reader) for index, item in enumerate(raw)]
    blocks = reader.blocks(extract)
    return Draft(
        blocks=[*blocks_before, *blocks, *blocks_after], notes=notes, meta=meta, mends=[*mends, *joiner.mends()]
    )


def take_notes(lines: Sequence[Line]) -> tuple[list[Line], list[RawNote]]:
    """Take every note out of plain lines; return the rest and the notes in the order of the text."""
    notes: list[RawNote] = []
    rest = list(lines)
    for step in (bracketed, note_region):
        found: Extract = step(rest)
        rest = found.lines
        notes += found.notes
    found = scattered(rest)
    rest, notes = found.lines, notes + found.notes
    found = ruled(rest)
    rest, notes = found.lines, notes + found.notes
    found = symbols(rest)
    notes += found.notes
    return found.lines, sorted(notes, key=lambda note: note.lines[0].number)


def _note(index: int, raw: RawNote, reader: _TextReader) -> FoundNote:
    blocks = [reader.paragraph(group) for group in chunks(raw.lines)] or [
        Block(kind="paragraph", line=raw.lines[0].number)
    ]
    return FoundNote(key=f"{index}", label=raw.label, blocks=blocks, line=raw.lines[0].number)


def _without_running_heads(lines: Sequence[Line], mends: list[Mend]) -> list[Line]:
    """Drop lines that a page break left in the text: form feeds, and what is repeated around them."""
    if not any("\f" in line.text for line in lines):
        return list(lines)
    heads: dict[str, int] = {}
    for line, following in itertools.pairwise(lines):
        if "\f" in line.text:
            head = re.sub(r"\d+", "", line.text.replace("\f", "").strip() or following.words)
            heads[head] = heads.get(head, 0) + 1
    result: list[Line] = []
    after_feed = 0
    for line in lines:
        text = line.text.replace("\f", "")
        after_feed = 2 if "\f" in line.text else after_feed - 1
        head = re.sub(r"\d+", "", text.strip())
        if after_feed > 0 and text.strip() and (heads.get(head, 0) > 1 or _PAGE.match(text)):
            mends.append(Mend(kind="running-head", line=line.number, text=text.strip()))
            text = ""
        result.append(Line(line.number, text))
    return result


class _TextReader:
    """Turns groups of lines into blocks; knows the text's width and margin."""

    def __init__(self, joiner: Joiner, inline: Inline, lines: Sequence[Line]) -> None:
        """Measure ``lines``, all the lines of the text."""
        self._join = joiner
        self._inline = inline
        filled = [line for line in lines if line.words]
        self._ragged = is_ragged(lines)
        self._shape = shape_of(lines)
        self._width = percentile([len(line.text) for line in filled], 0.8)
        self._margin = percentile([line.indent for line in filled], 0.2)
        firsts = Counter(
            group[0].indent - self._margin
            for group in chunks(lines)
            if len(group) > 1 and group[1].indent == self._margin
        )
        self._usual = firsts.most_common(1)[0][0] if firsts else 0

    def blocks(self, lines: Sequence[Line]) -> list[Block]:
        """Return the blocks of ``lines``."""
        groups = self._groups(lines)
        blocks: list[Block] = []
        for position, (group, gap) in enumerate(groups):
            gap_after = groups[position + 1][1] if position + 1 < len(groups) else 9
            blocks += self._block(group, gap, gap_after)
        return merge_quotes(blocks)

    def _groups(self, lines: Sequence[Line]) -> list[tuple[list[Line], int]]:
        groups: list[tuple[list[Line], int]] = []
        last = -9
        for group in chunks(lines):
            head = split_header(group) if len(groups) < HEADER_GROUPS else []
            ragged = self._ragged and len(group) > 3
            parts = head or (split_ragged(group, self._shape) if ragged else self._split_indent(group))
            for index, part in enumerate(parts):
                groups.append((part, group[0].number - last - 1 if not index else 0))
            last = group[-1].number
        return groups

    def _split_indent(self, group: list[Line]) -> list[list[Line]]:
        """Part lines where first-line indents begin paragraphs, or an indented passage begins or ends."""
        parts: list[list[Line]] = [[group[0]]]
        for line in group[1:]:
            before = parts[-1][-1]
            deeper = line.indent - self._margin
            inset = len(parts[-1]) > 1 or before.indent - self._margin < 3
            starts = deeper >= 3 and before.indent - self._margin < 2 and before.words[-1:] in '.?!:"”)]' and inset
            ends = deeper < 2 and before.indent - self._margin >= 4 and len(parts[-1]) > 1
            if starts or ends:
                parts.append([line])
            else:
                parts[-1].append(line)
        return parts

    def _block(self, group: list[Line], gap: int, gap_after: int) -> list[Block]:
        first = group[0]
        if len(group) == 1 and SEPARATOR.match(first.words):
            return [Block(kind="rule", line=first.number, runs=[Run(text=first.words)])]
        if self._is_list(group):
            return [self._list(group)]
        inset = min(line.indent for line in group) - self._margin
        centred = self._is_centred(group)
        heading = self._is_heading(group, gap, gap_after, centred=centred)
        if heading:
            return [Block(kind="heading", level=heading, line=first.number, runs=self._inline(self._join(group)))]
        if len(group) > 2 and sum(bool(_COLUMNS.search(line.words)) for line in group) > len(group) * 0.5:
            return [Block(kind="code", info="text", line=first.number, runs=[Run(text=_dedented(group))], indent=inset)]
        if centred and len(group) <= 3 and inset >= 8:
            return [self._lines(group, 0)]
        if inset >= 2 and (len(group) > 1 or inset != self._usual):
            return [self._lines(group, inset) if self._is_verse(group) else self.paragraph(group, inset)]
        return [self._lines(group, 0) if self._is_verse(group) else self.paragraph(group)]

    def paragraph(self, group: Sequence[Line], inset: int = 0) -> Block:
        """Return lines as one paragraph."""
        return Block(kind="paragraph", line=group[0].number, runs=self._inline(self._join(group)), indent=inset)

    def _lines(self, group: list[Line], inset: int) -> Block:
        runs = self._inline(_dedented(group))
        return Block(kind="verse" if len(group) > 1 else "paragraph", line=group[0].number, runs=runs, indent=inset)

    def _is_verse(self, group: list[Line]) -> bool:
        if len(group) < 2 or max(len(line.text) for line in group) > self._width * 0.93:
            return False
        capital = sum(line.words.lstrip("_\"“‘'(*-")[:1].isupper() for line in group)
        lengths = [len(line.words) for line in group[:-1]]
        even = max(lengths) - min(lengths) <= 9 and len(lengths) > 2 and max(lengths) > 45
        return (capital >= len(group) * 0.7 and not even) or (max(lengths) < self._width * 0.6 and len(group) > 2)

    def _is_centred(self, group: list[Line]) -> bool:
        middles = [line.indent + len(line.words) / 2 for line in group]
        return min(line.indent for line in group) - self._margin >= 6 and all(
            abs(middle - self._width / 2) < 10 for middle in middles
        )

    def _is_heading(self, group: list[Line], gap: int, gap_after: int, *, centred: bool) -> int:
        """Return the level of a heading, 0 if it is none."""
        text = " ".join(line.words for line in group)
        if len(group) > 3 or len(text) > 120 or not re.search(r"\w", text) or re.match(r"^[\[(\"“]", text):
            return 0
        letters = [char for char in text if char.isalpha()]
        capitals = letters and sum(char.isupper() for char in letters) > len(letters) * 0.8 and len(letters) > 2
        if NOTE_HEADING.match(text):
            return 2
        if capitals and not text.endswith((",", ";", "!")) and (gap >= 2 or gap_after >= 1) and group[0].indent < 40:
            return 2 if gap >= 2 or centred else 3
        if gap >= 2 and gap_after >= 1 and len(group) == 1 and looks_like_heading(text, self._width):
            return 3
        section = (
            re.match(r"^(?:[A-Z]|[IVXLC]+|\d{1,2})\.\s+[A-Z]", text)
            and len(text) < 70
            and not re.search(r"[.,;:?!]$", text)
        )
        return 3 if section and len(group) == 1 and gap >= 1 and gap_after >= 1 else 0

    def _is_list(self, group: list[Line]) -> bool:
        return bool(_BULLET.match(group[0].text)) and (
            len(group) == 1
            or any(_BULLET.match(line.text) for line in group[1:])
            or all(line.indent > group[0].indent for line in group[1:])
        )

    def _list(self, group: list[Line]) -> Block:
        items: list[list[Line]] = []
        for line in group:
            match = _BULLET.match(line.text)
            if match or not items:
                items.append([Line(line.number, line.text[match.end() if match else 0 :])])
            else:
                items[-1].append(line)
        children = [Block(kind="item", line=item[0].number, children=[self.paragraph(item)]) for item in items]
        return Block(kind="list", line=group[0].number, children=children)


def _dedented(group: Sequence[Line]) -> str:
    margin = min(line.indent for line in group)
    return "\n".join(line.text[margin:] for line in group)


def merge_quotes(blocks: list[Block]) -> list[Block]:
    """Gather neighbouring indented paragraphs into one block quotation, neighbouring lists into one list."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if block.indent >= 2 and block.kind in ("paragraph", "verse"):
            if last and last.kind == "quote" and last.info == "indented":
                last.children.append(block)
            else:
                result.append(Block(kind="quote", info="indented", line=block.line, children=[block]))
        elif block.kind == "list" and last and last.kind == "list":
            last.children += block.children
        else:
            result.append(block)
    return result
