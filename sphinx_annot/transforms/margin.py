"""Notes beside the text: their chain, and an estimate of how far they drift away from their marks.

The stylesheet puts each note beside its mark and below the note before it. What a stylesheet cannot know is how high
the others are; so it is estimated here which notes are folded, which ones say where they belong because they stand
far below their mark, and how far the last one reaches beyond the end of the text.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.model.values import first_words
from sphinx_annot.transforms.fragments import is_boundary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docutils.nodes import Element

#: Characters in a line of the text and of a note, as measured in columns of 450 to 500 and 175 to 205 pixels.
TEXT_WIDTH = 66
NOTE_WIDTH = 27
#: The line of a note, and the space below a note, in lines of the text.
NOTE_LINE = 0.82
NOTE_SPACE = 0.5
#: A note longer than this (in characters, about 17 lines) is folded.
LONG = 500
#: Lines that a folded note shows; each next fold where notes still crowd after the one before.
FOLDED = {"long": 8, "short": 3, "line": 1}
#: A note that stands more lines of the text below its mark says where it belongs.
FAR = 8

_IMAGE = 9
_HEADING = 2.5
_SPACE = 0.7
_WORDS = 40
#: The end is estimated with higher notes and a shorter text: rather room too much than a note over what follows.
_SPARE = 1.13
#: The same for what is far: rather a note too many that says where it belongs.
_DOUBT = 1.07


@dataclass(slots=True, kw_only=True)
class Beside:
    """A note in the margin.

    ``line`` is where its mark stands, in lines of the text; ``height`` is the note's, in its own lines. ``fold`` is
    empty or a key of `FOLDED`; ``far`` says when it is far from its mark: ``always``, ``open`` (only while no note
    is folded), or never (empty). Where it is, it has ``sought`` more lines.
    """

    line: float
    height: int
    sought: int = 1
    long: bool = False
    fold: str = ""
    far: str = ""

    @property
    def more(self) -> float:
        """The lines of the text by which the note is higher when it is opened."""
        return max(0, self.height - FOLDED[self.fold] - 1) * NOTE_LINE if self.fold else 0

    def shown(self, *, folded: bool, spare: float) -> float:
        """Return the height in lines of the text, with the space below; ``spare`` is a factor."""
        height = self.height
        if self.far == "always" or (self.far and not folded):
            height += self.sought
        if folded and self.fold:
            height = min(height, FOLDED[self.fold] + 1)
        return height * NOTE_LINE * spare + NOTE_SPACE


def settle(notes: Sequence[Beside], length: float) -> tuple[int, int, int]:
    """Decide what is folded and what is far; return how many lines the notes outgrow the text.

    That is: all of them folded, one of them open, all of them open. ``length`` is that of the text, in lines.
    """
    for note in notes:
        note.fold = "long" if note.long else ""
    for fold, lines in FOLDED.items():
        drifts, _ = _drift(notes, folded=True)
        for start, end in _crowded(drifts):
            for note in notes[start:end]:
                if note.height > lines + 1:
                    note.fold = fold
    folded, _ = _drift(notes, folded=True, spare=_DOUBT)
    opened, _ = _drift(notes, folded=False, spare=_DOUBT)
    for note, drift, drift_open in zip(notes, folded, opened, strict=True):
        note.far = "always" if drift > FAR else "open" if drift_open > FAR else ""
    _, last = _drift(notes, folded=True, spare=_SPARE)
    _, last_open = _drift(notes, folded=False, spare=_SPARE)
    more = max((note.more * _SPARE for note in notes), default=0)
    bottoms = (last, last + more, last_open)
    all_folded, one_open, all_open = (max(0, math.ceil(bottom - length / _SPARE)) for bottom in bottoms)
    return all_folded, one_open, all_open


def _drift(notes: Sequence[Beside], *, folded: bool, spare: float = 1) -> tuple[list[float], float]:
    """Return how far each note stands below its mark, and where the last one ends."""
    drifts, free = [], 0.0
    for note in notes:
        line = note.line / spare
        top = max(line, free)
        drifts.append(top - line)
        free = top + note.shown(folded=folded, spare=spare)
    return drifts, free


def _crowded(drifts: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield the runs of notes that push one another away, where one of them ends up far from its mark."""
    start = 0
    for index in range(1, len(drifts) + 1):
        if index == len(drifts) or drifts[index] == 0:
            if max(drifts[start:index]) > FAR:
                yield start, index
            start = index


class _Ruler:
    """Measures a text in lines, and where in it the marks stand."""

    def __init__(self, names: set[str]) -> None:
        self.line = 0.0
        self.names = names
        self.marks: dict[str, tuple[float, Element | None]] = {}
        self.notes: list[annot.annot_note] = []
        self._width = float(TEXT_WIDTH)

    def walk(self, parent: Element) -> None:
        """Go through the blocks of an element."""
        for child in parent.children:
            if isinstance(child, nodes.Text | nodes.Invisible) or is_boundary(child):
                continue
            if isinstance(child, annot.annot_note):
                self._note(child)
            elif isinstance(child, nodes.row):
                self._row(child)
            elif isinstance(child, nodes.image):
                self.line += _IMAGE
            elif isinstance(child, nodes.TextElement) and not isinstance(child, nodes.Inline):
                self._block(child)
            else:
                self.walk(cast("Element", child))

    def _note(self, note: annot.annot_note) -> None:
        if note.get("ids") and note["ids"][0] in self.names:
            self.notes.append(note)
        else:
            self.walk(note)

    def _row(self, row: nodes.row) -> None:
        """Cells stand beside one another, in columns narrower than the text."""
        top, bottom, width = self.line, self.line, self._width
        self._width = width / max(1, len(row.children))
        for cell in row.children:
            self.line = top
            self.walk(cast("Element", cell))
            bottom = max(bottom, self.line)
        self.line, self._width = bottom, width

    def _block(self, block: Element) -> None:
        offset = 0
        for node in block.findall():
            if isinstance(node, annot.annot_mark):
                self._mark(node, self.line + offset / self._width, block)
            elif isinstance(node, nodes.Text):
                offset += _length(node)
            elif isinstance(node, nodes.image):
                self.line += _IMAGE
        if isinstance(block, nodes.FixedTextElement):
            self.line += block.astext().count("\n") + 1
        else:
            self.line += math.ceil(offset / self._width)
        self.line += _HEADING if isinstance(block, nodes.title) else _SPACE

    def _mark(self, mark: annot.annot_mark, line: float, block: Element) -> None:
        name = mark.get("refid", "")
        if name in self.names and name not in self.marks:
            mark["first"] = True
            self.marks[name] = line, block


def _words(block: Element | None) -> str:
    if block is None:
        return ""
    return first_words("".join(text for node in block.findall(nodes.Text) if (text := _own(node))), _WORDS)


def _own(text: nodes.Text) -> str:
    return "" if isinstance(text.parent, annot.annot_mark | annot.annot_generated) else text.astext()


def _length(text: str) -> int:
    """Return the width of a text in characters; one of East Asia is as wide as two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def _height(note: annot.annot_note) -> int:
    """Return the lines of a note."""
    lengths, lines = [len(note["label"]) + len(note["kind_title"])], 0
    for block in note.findall(nodes.Element):
        if isinstance(block, nodes.image):
            lines += _IMAGE
        elif isinstance(block, nodes.FixedTextElement):
            lines += sum(max(1, math.ceil(_length(line) / NOTE_WIDTH)) for line in block.astext().splitlines())
        elif isinstance(block, nodes.TextElement) and not isinstance(block, nodes.Inline | nodes.reference):
            lengths.append(_length(block.astext()))
    # the label runs in one paragraph with the text; so does the signature, but it is never broken
    lengths[:2] = [sum(lengths[:2])]
    room = -lengths[-1] % NOTE_WIDTH
    signature = len(note.get("by") or "") + 4
    return lines + sum(max(1, math.ceil(length / NOTE_WIDTH)) for length in lengths) + (signature > room)


def chain_notes(root: Element, notes: Iterable[annot.annot_note], body: Element, more: str) -> tuple[int, int, int]:
    """Chain the notes of a document's margin; return the lines by which they outgrow the text, as `settle` does.

    ``root`` is the document, ``notes`` are all that stand in it, ``body`` is what stands for its edition; ``more``
    are the words that open a folded note.
    """
    names = set()
    for note in notes:
        if note["state"] == "orphan":
            continue
        if note["placement"] == "margin" and not isinstance(note.parent, annot.annot_list):
            names.add(note["ids"][0])
        else:
            note["classes"].append("annot-foot")
    ruler = _Ruler(names)
    ruler.walk(root)
    if not ruler.notes:
        return 0, 0, 0
    body["classes"].append("annot-beside")
    _mark_inside_notes(ruler)
    measured = [_measured(note, ruler) for note in ruler.notes]
    tails = settle(measured, ruler.line)
    after = ""
    for note, beside in zip(ruler.notes, measured, strict=True):
        name = note["ids"][0]
        note["at"], note["after"] = name in ruler.marks, after
        note["fold"], note["more"] = beside.fold, more
        if beside.far:
            note["far"] = beside.far
            note["sought"] = first_words(note.get("words") or "", _WORDS) or _words(ruler.marks.get(name, (0, None))[1])
        after = name
    return tails


def _mark_inside_notes(ruler: _Ruler) -> None:
    """Let a note that is marked only inside another one stand beside the mark there."""
    for note in ruler.notes:
        line = ruler.marks.get(note["ids"][0], (ruler.line, None))[0]
        for mark in note.findall(annot.annot_mark):
            name = mark.get("refid", "")
            if name in ruler.names and name not in ruler.marks:
                mark["first"] = True
                ruler.marks[name] = line, None


def _measured(note: annot.annot_note, ruler: _Ruler) -> Beside:
    line = ruler.marks.get(note["ids"][0], (0.0, None))[0]
    return Beside(line=line, height=_height(note), long=len(note.astext()) > LONG)
