"""Who speaks in a displayed quotation, and which note it is taken from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import Block, Draft, FoundMark, Quotation, Run, squeeze
from sphinx_annot.importing.names import (
    citation,
    cited_inside,
    inner_capitals,
    names_in,
    refers_back,
    sentences,
    speaker,
    thing,
)
from sphinx_annot.importing.words import IBID, INTRODUCING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DASHED = re.compile(r"(?:^|[\s.!?”\"’»)\]])(?:--+|—|–|―)\s*(?P<who>[^\W\d_][^\n]{1,110}?)\.?\s*$")
_OUTLET = re.compile(r"\b(?:for|in|to|by)\s+(?P<outlet>(?:The\s+|the\s+)?[A-Z][\w.]+(?:\s+[A-Z][\w.]+){0,3})")
_NEAR = 12


class Attribution:
    """Says of each quotation of one article, in their order, who speaks and which note it is taken from."""

    def __init__(self, draft: Draft, marks: Sequence[FoundMark]) -> None:
        """Take a draft whose header and marks are known."""
        self._marks = marks
        self._last, self._last_note = "", -1
        self._inside = frozenset(word for block in draft.blocks for word in inner_capitals(block.text()))
        self._tail: list[Run] = []

    def attribute(self, quote: Block, done: list[Block], following: Sequence[Block], *, quoted: bool) -> Quotation:
        """Attribute a quotation by its own words, and by those in the blocks ``done`` before and ``following`` it.

        ``quoted`` says whether it stands in quotation marks.
        """
        who = quote.attribution or self._dashed(quote)
        before = words_before(done)
        self._tail = _tail_runs(done)
        note = self._note(quote)
        certain = bool(who)
        if not who:
            who, note = self._introduced(before, following, note)
        self._last, self._last_note = who or self._last, note
        epigraph = quote.info == "epigraph"
        return Quotation(speaker=squeeze(who), note=note, quoted=quoted, certain=certain, epigraph=epigraph)

    @staticmethod
    def _dashed(quote: Block) -> str:
        """The words after a dash in the last line of a quotation: ``--Milton.``."""
        leaf = list(quote.leaves())[-1] if quote.children or quote.runs else None
        lines = leaf.raw_text().rstrip().split("\n") if leaf is not None else []
        if not lines:
            return ""
        match = _DASHED.search(lines[-1].strip("_* "))
        if not match and len(lines) > 1:
            match = _DASHED.search(f"{lines[-2].strip()} {lines[-1].strip()}")
        who = match["who"].strip('_*"” ') if match else ""
        return who if who[:1].isupper() and len(who.split()) <= 14 and not re.search(r"\w{3,}[.!?]\s+\w", who) else ""

    def _note(self, quote: Block) -> int:
        """The note of the last mark inside the quotation, if it stands at its end."""
        leaves = list(quote.leaves())
        for leaf in reversed(leaves):
            marks = [run for run in leaf.runs if run.mark >= 0]
            if marks:
                return (
                    self._marks[marks[-1].mark].note
                    if re.match(r"^[\s.,;)\]”\"’]*$", after_last_mark(leaf.runs))
                    else -1
                )
            break
        return -1

    def _introduced(self, before: str, following: Sequence[Block], note: int) -> tuple[str, int]:
        """Return who speaks by the words around the quotation, and the note they point to."""
        parts = sentences(before)
        introduction = parts[-1] if parts else ""
        cited = citation(following[0].text()) if following and following[0].kind == "paragraph" else ""
        if cited and not IBID.match(cited):
            return cited, note
        inside = cited_inside(introduction)
        if inside:
            return inside, note if note >= 0 else self._mark_in(introduction)
        introducing = before.endswith((":", ",", ";", ":--", "—")) or bool(INTRODUCING.search(introduction))
        back = refers_back(introduction)
        direct = speaker(introduction, self._names(introduction)) if introduction else ""
        if introducing and back and not (direct and INTRODUCING.search(introduction) and _leads(introduction, direct)):
            said, found = self._said_earlier(parts[:-1])
            if back == "thing":
                found = found if found >= 0 else self._last_note if not said or said == self._last else -1
                return (said or thing(introduction) or direct), (note if note >= 0 else found)
            return (said or self._named_before(parts[:-1]) or direct), note
        if direct:
            return direct, (note if note >= 0 else self._mark_in(introduction))
        if introducing or note >= 0:
            earlier = self._said_earlier(parts[:-1])[0] or self._named_before(parts[:-1])
            return earlier or thing(introduction), note
        return "", note

    def _mark_in(self, introduction: str) -> int:
        """The note of a mark inside the introducing sentence."""
        words = ""
        for run in reversed(self._tail):
            if run.mark >= 0:
                return self._marks[run.mark].note if len(words) <= len(introduction) else -1
            words = run.text + words
        return -1

    def _said_earlier(self, parts: Sequence[str]) -> tuple[str, int]:
        """Who said something in the nearest sentence before the introduction, and the note marked there."""
        for part in reversed(parts[-6:]):
            verb = INTRODUCING.search(part)
            if not verb:
                continue
            lead = [name for name, start in self._names(part) if start < verb.start()]
            outlet = _OUTLET.search(part[verb.end() :][:60])
            who = ", ".join([*lead[:1], *([outlet["outlet"]] if outlet else [])])
            return who, self._mark_near()
        return "", -1

    def _named_before(self, parts: Sequence[str]) -> str:
        """The person named since the last quotation, else who spoke last, else any name."""
        named = self._named_earlier(parts)
        return named if " " in named else self._last or named

    def _named_earlier(self, parts: Sequence[str]) -> str:
        """The name nearest before the introduction, one of several words first."""
        for part in reversed(parts[-4:]):
            found = [name for name, _ in self._names(part)]
            if found:
                return next((name for name in found if " " in name), found[0])
        return ""

    def _names(self, sentence: str) -> list[tuple[str, int]]:
        """Return the names in a sentence; its first word alone counts if it is capitalised elsewhere, too."""
        return [(name, start) for name, start in names_in(sentence) if start > 2 or " " in name or name in self._inside]

    def _mark_near(self) -> int:
        """The nearest note that was marked before, within the last blocks."""
        for run in reversed(self._tail):
            if run.mark >= 0:
                return self._marks[run.mark].note
        return -1


def words_before(done: list[Block]) -> str:
    """Return the words of the last paragraphs before a quotation, its own introduction last."""
    words: list[str] = []
    for block in reversed(done):
        if block.part == "gone" or (block.kind == "quote" and words):
            continue
        if block.kind in ("heading", "quote") or block.part != "body" or len(words) >= 3:
            break
        words.insert(0, block.text())
    return "\n".join(words)


def _tail_runs(done: list[Block]) -> list[Run]:
    """Return the runs of the last three paragraphs of the text."""
    near = [block for block in done[-_NEAR:] if block.part == "body" and block.kind in ("paragraph", "quote")][-3:]
    return [run for block in near for leaf in block.leaves() for run in leaf.runs]


def _leads(introduction: str, name: str) -> bool:
    """Whether the name comes before any pronoun or thing that the sentence speaks of."""
    position = introduction.find(name)
    verb = INTRODUCING.search(introduction)
    return 0 <= position <= (verb.start() if verb else len(introduction)) and not re.search(
        r"\b(?:he|she|they)\s+(?:\w+\s+){0,2}$", introduction[: verb.start()] if verb else "", re.IGNORECASE
    )


def after_last_mark(runs: Sequence[Run]) -> str:
    """Return the words behind the last mark; all of them if there is none."""
    position = max((index for index, run in enumerate(runs) if run.mark >= 0), default=-1)
    return "".join(run.text for run in runs[position + 1 :])
