"""Displayed quotations: which blocks they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import (
    Block,
    Draft,
    FoundMark,
    Mend,
    Quotation,
    joined,
    plain,
)
from sphinx_annot.importing.attribution import Attribution, after_last_mark, words_before
from sphinx_annot.importing.lines import CLOSING, OPENING, opens_quotation, whole_quotation
from sphinx_annot.importing.names import (
    names_in,
    sentences,
)
from sphinx_annot.importing.words import INTRODUCING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTED = re.compile(r"^\s*(?:\d{1,3}(?:\s?[-–,]\s?\d{1,3})*[.)]\s|[-•*]\s|\(\w\)\s|[a-z]\)\s)")
_PAGE_ENDS = re.compile(r"(?:\s{2,}|[, .]+)(?:\d{1,4}|[ivxlc]{1,6})\s*(?:\([a-z]\))?$")


class QuotationFinder:
    """Finds the quotations of one article and replaces their blocks by quotes with a ``Quotation``."""

    def __init__(self, draft: Draft, marks: Sequence[FoundMark]) -> None:
        """Take a draft whose header, marks and back matter are known."""
        self._draft = draft
        self._indents = sum(block.kind == "quote" and block.info == "indented" for block in draft.blocks) > 4
        texts = [block.text() for block in draft.blocks if block.part == "body" and block.kind == "paragraph"]
        spoken = sum(
            opens_quotation(text) and not before.endswith((":", ","))
            for before, text in zip(["", *texts], texts, strict=False)
        )
        self._dialogue = spoken > 8 and spoken > len(texts) * 0.12
        self._attribution = Attribution(draft, marks)

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
        quote.quotation = self._attribution.attribute(quote, done, following, quoted=quoted)
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
            fits = introduced or self._at_start(done) or alone or after_last_mark(block.runs) != joined(block.runs)
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
        before = words_before(done)
        return before.endswith((":", ":-", ":--", ":—")) or (
            not self._indents and before.endswith((",", ";")) and len(before) > 12
        )

    @staticmethod
    def _at_start(done: list[Block]) -> bool:
        return not any(block.part == "body" and block.kind in ("paragraph", "quote", "list") for block in done)

    def _unquoted(self, blocks: list[Block], position: int, done: list[Block]) -> int:
        """Words after "X puts it:" that run up to a mark, where a text has lost its quotation marks and indents."""
        block = blocks[position]
        before = words_before(done)
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
                ends = bool(re.search(r"^[\s.,;)\]”\"]*$", after_last_mark(part[-1].runs)))
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


def _closed(text: str) -> bool:
    return (
        text.rstrip(" .,;")[-1:] in CLOSING
        or any(char in text[1:] for char in ("”", "»"))
        or (text[:1] == '"' and text.count('"') % 2 == 0)
    )


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
