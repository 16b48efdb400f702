"""Where a note stands: its lemma sought in the text of a document's blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from sphinx_annot.model.anchor import Ambiguous, Anchored, anchor
from sphinx_annot.model.fold import GAP, fold
from sphinx_annot.model.problems import Code
from sphinx_annot.model.records import Placement, Point
from sphinx_annot.model.values import clip, first_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_annot.model.anchor import Missing
    from sphinx_annot.model.fold import Folded
    from sphinx_annot.model.records import DocRecords, Note

_JOINT = "\n\n"
#: What a mark before a full stop or comma leaves.
_BEFORE_STOP = re.compile(r"\s+(?=[.,](?:\s|$))")


class Blocks:
    """The text of some blocks, as one string to search and as points in blocks."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self.blocks = blocks
        self.starts = list(accumulate((len(block) + len(_JOINT) for block in blocks), initial=0))

    @cached_property
    def folded(self) -> Folded:
        """The text of all blocks, folded for comparison."""
        return fold(_JOINT.join(self.blocks))

    def scope(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the text from one block to another, both included."""
        return self.starts[first], self.starts[last + 1] - len(_JOINT)

    def point(self, offset: int, *, end: bool = False) -> Point:
        """Return the point of an offset; the end of a span belongs to the block that it ends in."""
        block = bisect_right(self.starts, offset - (1 if end and offset else 0)) - 1
        return Point(block=block, offset=min(offset - self.starts[block], len(self.blocks[block])))

    def words(self, start: Point, end: Point) -> str:
        """Return the words between two points."""
        if start.block == end.block:
            return self.blocks[start.block][start.offset : end.offset]
        return f"{self.blocks[start.block][start.offset :]} … {self.blocks[end.block][: end.offset]}"


class Text:
    """A document's text to place notes in: as it is shown, and as it was before translation."""

    def __init__(self, doc: DocRecords, hidden: frozenset[int] = frozenset()) -> None:
        self.docname = doc.docname
        self.passages = {passage.id: (passage.first, passage.last) for passage in doc.passages}
        self.shown = _blocks(doc.blocks, hidden)
        self.original = _blocks(doc.originals, hidden) if doc.originals else None

    def place(self, note: Note, *, scope: str = "", own: bool = True, named: bool = False) -> Placement:
        """Place a note: by its lemma, else at the block before it, or the title if it is not ``own``.

        ``scope`` is the id of a passage to search in; ``named`` says that marks of the text name the note.
        """
        if note.on:
            return self._lemma(note, scope, own=own)
        if named:
            return Placement(state="mark")
        if scope:
            first, last = self.passages[scope]
            return self._block(last, self.shown.blocks[first])
        if own and note.after >= 0:
            return self._block(note.after, note.head, below=note.below)
        return self._block(0) if self.shown.blocks else Placement(state="orphan")

    def _block(self, number: int, words: str = "", *, below: bool = False) -> Placement:
        """Place a note at the end of a block, or below it; ``words`` say what stands there, if not the block's own."""
        end = Point(block=number, offset=len(self.shown.blocks[number]))
        words = first_words(_BEFORE_STOP.sub("", words or self.shown.blocks[number]).replace(GAP, "…"))
        return Placement(state="block", end=end, below=below, words=words)

    def _lemma(self, note: Note, scope: str, *, own: bool) -> Placement:
        found = self._seek(self.original or self.shown, note, scope, own=own)
        if not isinstance(found, Anchored):
            return Placement(state="orphan", problem=self._problem(note, found, own=own))
        blocks = self.original or self.shown
        start, end = blocks.point(found.start), blocks.point(found.end, end=True)
        if self.original:
            return self._translated(note, start, end)
        return Placement(state="lemma", start=start, end=end, words=blocks.words(start, end))

    def _translated(self, note: Note, start: Point, end: Point) -> Placement:
        """Find the translated words in the blocks that hold the original ones, else take the last block's end."""
        scope = self.shown.scope(start.block, end.block)
        found = anchor(
            self.shown.folded,
            note.on_translated or note.on,
            prefix=note.prefix_translated or note.prefix,
            suffix=note.suffix_translated or note.suffix,
            nth=note.nth,
            start=scope[0],
            end=scope[1],
        )
        if not isinstance(found, Anchored):
            return self._block(end.block)
        start, end = self.shown.point(found.start), self.shown.point(found.end, end=True)
        return Placement(state="lemma", start=start, end=end, words=self.shown.words(start, end))

    def _seek(self, blocks: Blocks, note: Note, scope: str, *, own: bool) -> Anchored | Ambiguous | Missing:
        on, prefix, suffix = note.on, note.prefix, note.suffix

        def seek(first: int, last: int) -> Anchored | Ambiguous | Missing:
            start, end = blocks.scope(first, last)
            return anchor(blocks.folded, on, prefix=prefix, suffix=suffix, nth=note.nth, start=start, end=end)

        if scope:
            return seek(*self.passages[scope])
        if own and not note.target and 0 <= note.first <= note.last:
            found = seek(note.first, note.last)
            if isinstance(found, Anchored | Ambiguous):
                return found
        return seek(0, len(blocks.blocks) - 1) if blocks.blocks else anchor(blocks.folded, on)

    def _problem(self, note: Note, found: Ambiguous | Missing, *, own: bool) -> tuple[Code, str]:
        words = first_words(note.on)
        if isinstance(found, Ambiguous):
            hint = found.suggestion
            settle = "".join(
                f' :{name}: "{value}"' for name, value in (("prefix", hint.prefix), ("suffix", hint.suffix)) if value
            )
            remedy = (
                f"if the first is meant, add{settle}, else settle it with :nth:" if settle else "settle it with :nth:"
            )
            given = [f":{name}:" for name in ("prefix", "suffix", "nth") if getattr(note, name)]
            if given:
                # what the author wrote to settle it fits no place, or several
                does = "does" if len(given) == 1 else "do"
                remedy = f"its {' and '.join(given)} {does} not settle which; {remedy}"
            blocks = {(self.original or self.shown).point(start).block for start, _ in found.spans}
            before = own and not note.target and blocks <= set(range(note.first, note.last + 1))
            where = f'right before the note in "{self.docname}"' if before else f'in "{self.docname}"'
            message = f'"{words}" stands {len(found.spans)} times {where}; {remedy}'
            return Code.LEMMA_AMBIGUOUS, message
        near = f"; the text now has: {found.near}" if found.near else ""
        if found.is_range:
            near = f'; it has no "{clip(found.lost)}"' if found.lost else "; its last words do not follow its first"
        message = f'"{words}" is nowhere in "{self.docname}"{near}; copy the words from the text into :on:'
        return Code.LEMMA_MISSING, message


def _blocks(texts: Sequence[str], hidden: frozenset[int]) -> Blocks:
    """Take away the words of hidden blocks; their numbers stay."""
    if hidden:
        texts = ["" if number in hidden else text for number, text in enumerate(texts)]
    return Blocks(texts)
