"""Displayed quotations: which blocks they are, who speaks, which note they are taken from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import (
    Block,
    Draft,
    FoundMark,
    FoundNote,
    Mend,
    Quotation,
    Run,
    joined,
    plain,
    squeeze,
)
from sphinx_annot.importing.lines import CLOSING, OPENING, opens_quotation, whole_quotation
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
_LISTED = re.compile(r"^\s*(?:\d{1,3}(?:\s?[-–,]\s?\d{1,3})*[.)]\s|[-•*]\s|\(\w\)\s|[a-z]\)\s)")
_PAGE_ENDS = re.compile(r"(?:\s{2,}|[, .]+)(?:\d{1,4}|[ivxlc]{1,6})\s*(?:\([a-z]\))?$")


class QuotationFinder:
    """Finds the quotations of one article and replaces their blocks by quotes with a ``Quotation``."""

    def __init__(self, draft: Draft, marks: Sequence[FoundMark], notes: Sequence[FoundNote]) -> None:
        """Take a draft whose header, marks and back matter are known."""
        self._draft = draft
        self._marks = marks
        self._notes = notes
        self._indents = sum(block.kind == "quote" and block.info == "indented" for block in draft.blocks) > 4
        texts = [block.text() for block in draft.blocks if block.part == "body" and block.kind == "paragraph"]
        spoken = sum(
            opens_quotation(text) and not before.endswith((":", ","))
            for before, text in zip(["", *texts], texts, strict=False)
        )
        self._dialogue = spoken > 8 and spoken > len(texts) * 0.12
        self._last, self._last_note = "", -1
        self._inside = frozenset(word for block in draft.blocks for word in inner_capitals(block.text()))
        self._tail: list[Run] = []

    def run(self) -> list[Block]:
        """Return the blocks with quotations gathered."""
        blocks = self._draft.blocks
        result: list[Block] = []
        position = 0
        while position < len(blocks):
            taken = self._at(blocks, position, result)
            if taken:
                position += taken
                continue
            self._inner(blocks[position])
            result.append(blocks[position])
            position += 1
        return result

    def _inner(self, block: Block) -> None:
        """Block quotations inside lists are quotations, too."""
        if block.kind in ("list", "item") and block.part == "body":
            for child in block.children:
                if child.kind == "quote" and child.quotation is None:
                    child.quotation = Quotation(speaker=child.attribution)
                self._inner(child)

    def _at(self, blocks: list[Block], position: int, done: list[Block]) -> int:
        """Look for a quotation at ``position``; append it to ``done`` and return how many blocks it takes."""
        block = blocks[position]
        if block.part != "body":
            return 0
        if block.kind == "quote":
            return self._marked(blocks, position, done)
        extent = self._quoted(blocks, position, done) or self._unquoted(blocks, position, done)
        if not extent:
            return 0
        children = blocks[position : position + extent]
        quote = Block(kind="quote", info="quoted", line=block.line, children=list(children))
        extra = self._epigraph(blocks, position + extent, done, quote)
        self._finish(
            quote,
            done,
            blocks[position + extent + extra : position + extent + extra + 1],
            quoted=whole_quotation(quote.text()),
        )
        return extent + extra

    def _marked(self, blocks: list[Block], position: int, done: list[Block]) -> int:
        block = blocks[position]
        if block.info == "indented" and not _is_quotation(block):
            done += block.children
            for child in block.children:
                child.indent = 0
            return 1
        extra = self._epigraph(blocks, position + 1, done, block) if not block.attribution else 0
        self._finish(
            block, done, blocks[position + 1 + extra : position + 2 + extra], quoted=whole_quotation(block.text())
        )
        return 1 + extra

    def _finish(self, quote: Block, done: list[Block], following: Sequence[Block], *, quoted: bool) -> None:
        who = quote.attribution or self._dashed(quote)
        before = _before(done)
        self._tail = _tail_runs(done)
        note = self._note(quote)
        certain = bool(who)
        if not who:
            who, note = self._introduced(before, following, note)
        self._last, self._last_note = who or self._last, note
        epigraph = quote.info == "epigraph"
        quote.quotation = Quotation(speaker=squeeze(who), note=note, quoted=quoted, certain=certain, epigraph=epigraph)
        done.append(quote)

    # -- extent --------------------------------------------------------------------------------------------------

    def _quoted(self, blocks: list[Block], position: int, done: list[Block]) -> int:
        """A paragraph wholly in quotation marks, or several that each open one and the last closes it."""
        block = blocks[position]
        text = block.text()
        if block.kind not in ("paragraph", "verse") or not opens_quotation(text) or len(text.split()) < 4:
            return 0
        introduced = self._is_introduced(done)
        if whole_quotation(text):
            short = len(text.split()) < 12
            alone = not short and not self._dialogue and not self._indents
            fits = introduced or self._at_start(done) or alone or _after_last_mark(block.runs) != joined(block.runs)
            return 1 if fits else 0
        if not introduced or _closed(text):
            return 0
        for extent in range(2, 9):
            part = blocks[position : position + extent]
            if len(part) < extent or part[-1].kind not in ("paragraph", "verse") or part[-1].part != "body":
                return 0
            words = part[-1].text()
            if not opens_quotation(words):
                return 0
            if words[-1:] in CLOSING:
                return extent
        return 0

    def _is_introduced(self, done: list[Block]) -> bool:
        before = _before(done)
        return before.endswith((":", ":-", ":--", ":—")) or (
            not self._indents and before.endswith((",", ";")) and len(before) > 12
        )

    @staticmethod
    def _at_start(done: list[Block]) -> bool:
        return not any(block.part == "body" and block.kind in ("paragraph", "quote", "list") for block in done)

    def _unquoted(self, blocks: list[Block], position: int, done: list[Block]) -> int:
        """Words after "X puts it:" that run up to a mark, where a text has lost its quotation marks and indents."""
        block = blocks[position]
        before = _before(done)
        if (
            block.kind != "paragraph"
            or not before.endswith(":")
            or (not INTRODUCING.search(sentences(before)[-1]) and not names_in(sentences(before)[-1]))
        ):
            return 0
        if opens_quotation(block.text()):
            return 0
        for extent in range(1, 4):
            part = blocks[position : position + extent]
            if len(part) < extent or part[-1].kind != "paragraph" or part[-1].part != "body":
                return 0
            marks = [run for run in part[-1].runs if run.mark >= 0]
            if marks:
                ends = bool(re.search(r"^[\s.,;)\]”\"]*$", _after_last_mark(part[-1].runs)))
                return extent if ends and len(marks) == 1 else 0
            if part[-1].text()[-1:] not in ",;" or opens_quotation(part[-1].text()):
                return 0
        return 0

    def _epigraph(self, blocks: list[Block], position: int, done: list[Block], quote: Block) -> int:
        """One or two short lines below a quotation at the head of the text name its source."""
        if not self._at_start(done):
            return self._signed(blocks, position, quote)
        lines: list[str] = []
        for block in blocks[position : position + 2]:
            text = block.text()
            short = (
                block.kind == "paragraph"
                and 3 < len(text) < 70
                and text[-1:] not in ".:;?!"
                and not opens_quotation(text)
                and block.part == "body"
            )
            if not short or not (names_in(text) or lines):
                break
            lines.append(text)
        if not lines:
            return self._signed(blocks, position, quote)
        quote.attribution, quote.info = ", ".join(lines), "epigraph"
        return len(lines)

    @staticmethod
    def _signed(blocks: list[Block], position: int, quote: Block) -> int:
        """A line ``-- Name`` of its own below the quotation."""
        if position >= len(blocks) or blocks[position].kind != "paragraph" or blocks[position].part != "body":
            return 0
        text = blocks[position].text()
        match = re.match(r"^(?:--+|—|–|―)\s*(?P<who>\S.{1,100}?)\.?$", text)
        if not match or len(text.split()) > 14:
            return 0
        quote.attribution = match["who"]
        quote.children.append(blocks[position])
        return 1

    # -- attribution ----------------------------------------------------------------------------------------------

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
                    if re.match(r"^[\s.,;)\]”\"’]*$", _after_last_mark(leaf.runs))
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


def _before(done: list[Block]) -> str:
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


def _closed(text: str) -> bool:
    return (
        text.rstrip(" .,;")[-1:] in CLOSING
        or any(char in text[1:] for char in ("”", "»"))
        or (text[:1] == '"' and text.count('"') % 2 == 0)
    )


def _after_last_mark(runs: Sequence[Run]) -> str:
    position = max((index for index, run in enumerate(runs) if run.mark >= 0), default=-1)
    return "".join(run.text for run in runs[position + 1 :])


def _is_quotation(block: Block) -> bool:
    """Whether an indented block of a plain text is a quotation and no list, index or table of contents."""
    texts = [child.raw_text() for child in block.children]
    if not any(re.search(r"\w", text) for text in texts):
        return False
    if sum(bool(_LISTED.match(text)) for text in texts) * 2 >= len(texts):
        return False
    lines = [line for text in texts for line in text.split("\n")]
    if len(lines) > 3 and sum(bool(_PAGE_ENDS.search(line)) for line in lines) * 2 > len(lines):
        return False
    terse = sum(len(line.split()) <= 5 and line.rstrip().endswith(".") for line in lines)
    if len(lines) > 6 and terse > len(lines) * 0.6:
        return False
    short = sum(len(text) < 60 and "\n" not in text for text in texts)
    return not (len(texts) > 6 and short > len(texts) * 0.7 and not opens_quotation(texts[0]))


def strip_marks_of_quotation(block: Block) -> list[Mend]:
    """Take the quotation marks off a quotation that stands as a block; return the mend."""
    leaves = [leaf for leaf in block.leaves() if plain(leaf.runs).strip()]
    if not leaves:
        return []
    first, last = leaves[0], leaves[-1]
    before = block.text()
    for index, run in enumerate(first.runs):
        if run.text.strip():
            bare = run.text.lstrip()
            first.runs[index] = replace(run, text=bare[1:] if bare[:1] in OPENING else bare)
            break
    for index in range(len(last.runs) - 1, -1, -1):
        run = last.runs[index]
        if run.mark < 0 and run.text.strip(" .,;\n"):
            match = re.match(rf"^(.*?)[{re.escape(CLOSING)}]([\s.,;]*)$", run.text, re.DOTALL)
            if match:
                last.runs[index] = replace(run, text=match[1] + match[2].rstrip())
            break
    return [Mend(kind="quotation-marks", line=block.line, text=before[:60])]
