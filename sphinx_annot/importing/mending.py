"""Damage of blocks: dead links, doubled paragraphs, paragraphs and addresses cut in two."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import Block, FoundNote, Mend, Run, all_leaves, plain, squeeze
from sphinx_annot.importing.inline import find_addresses, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDS = re.compile(r"[.?!:;…。！？؟\"”»’)\]*—–-]\s*$")
_FRAGMENT = re.compile(r"^[\w%./?&=~#+-]{2,120}$")
_NO_LETTERS = re.compile(r"[\W_]+")


def unlink_dead(blocks: Sequence[Block], notes: Sequence[FoundNote], mends: list[Mend]) -> None:
    """Make plain words of links that lead nowhere."""
    dead: dict[str, list[int]] = {}
    for leaf in [*all_leaves(blocks), *(leaf for note in notes for leaf in all_leaves(note.blocks))]:
        for index, run in enumerate(leaf.runs):
            if run.href in (
                "#",
                "javascript:void(0)",
                "javascript:;",
                "javascript:void(0);",
            ) or run.href.lower().startswith("javascript:"):
                leaf.runs[index] = replace(run, href="")
                if run.text.strip():
                    dead.setdefault(squeeze(run.text), []).append(leaf.line)
    for leaf in all_leaves(blocks):
        leaf.runs = merge(leaf.runs)
    mends += [Mend(kind="dead-link", line=lines[0], text=text, count=len(lines)) for text, lines in dead.items()]


def join_addresses(notes: Sequence[FoundNote], mends: list[Mend]) -> None:
    """Join addresses of notes that were cut in two; done before dead links are unlinked."""
    for note in notes:
        runs: list[tuple[Block, int]] = [
            (leaf, index) for leaf in all_leaves(note.blocks) for index, run in enumerate(leaf.runs) if run.text.strip()
        ]
        for (leaf, index), (other, place) in itertools.pairwise(runs):
            address, rest = leaf.runs[index], other.runs[place]
            if not address.href.startswith("http") or "://" not in address.text:
                continue
            joined = _joined(address, rest, same_block=leaf is other)
            if joined:
                whole, left = joined
                parts = (address.text.strip("<> "), rest.text.strip()[: len(rest.text.strip()) - len(left)])
                mends.append(Mend(kind="url-join", line=other.line, note=note.label, before=parts[0], then=parts[1]))
                leaf.runs[index] = replace(address, text=whole, href=whole)
                if rest.href in ("#", ""):
                    if rest.href:
                        mends.append(Mend(kind="dead-link", line=other.line, text=rest.text.strip()))
                    other.runs[place] = replace(rest, text=left, href="")
        for leaf in all_leaves(note.blocks):
            leaf.runs = [run for run in leaf.runs if run.text or run.image or run.note or run.mark >= 0]
        note.blocks = [block for block in note.blocks if block.children or block.runs] or note.blocks[:1]


def _joined(address: Run, rest: Run, *, same_block: bool) -> tuple[str, str] | None:
    """Return the whole address and what is left of the words after it, or ``None`` if nothing was cut."""
    words = rest.text.strip()
    first, _, left = words.partition(" ")
    if rest.href == "#" and _FRAGMENT.match(words):
        return address.text.rstrip() + words, ""
    urlish = (
        bool(re.search(r"[-/=_%&?]|\.(?:html?|php|pdf|aspx?)$", first))
        and bool(_FRAGMENT.match(first))
        and not first.startswith("(")
    )
    if urlish and not same_block and not left and not rest.href and not find_addresses(words):
        return address.text.rstrip() + first, left
    return None


def join_paragraphs(blocks: list[Block], mends: list[Mend]) -> list[Block]:
    """Join a paragraph that stops in mid-sentence with the next one that goes on in lower case."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if last is not None and _cut_in_two(last, block):
            before, then = last.text(), block.text()
            mends.append(Mend(kind="paragraph-join", line=block.line, before=_tail(before), then=then[:60]))
            hyphen = before.endswith("-") and not before.endswith(" -")
            last.runs = merge([*last.runs, *([] if hyphen else [Run(text=" ")]), *block.runs])
        else:
            result.append(block)
    return result


def _tail(text: str, length: int = 50) -> str:
    """Return the last words of a text: those of its last ``length`` characters."""
    start = max(0, len(text) - length)
    while start and not text[start - 1].isspace():
        start -= 1
    return text[start:]


def _cut_in_two(before: Block, after: Block) -> bool:
    if (
        before.kind != "paragraph"
        or after.kind != "paragraph"
        or before.part != "body"
        or after.part != "body"
        or before.indent != after.indent
    ):
        return False
    if after.info == "line":
        return False
    first, second = plain(before.runs).strip(), plain(after.runs).strip()
    if len(first) < 40 or len(second) < 12 or not second[0].islower() or re.match(r"^(?:https?:|www\.)", second):
        return False
    marked = before.runs[-1].mark >= 0 or bool(before.runs[-1].note)
    return (not _ENDS.search(first) and not marked and not first.endswith(",")) or (
        first.endswith("-") and not first.endswith(("--", " -"))
    )


def drop_doubles(blocks: Sequence[Block], mends: list[Mend]) -> None:
    """Leave out a paragraph that repeats its neighbour, or the pieces into which it was split again."""
    body = [block for block in blocks if block.part == "body" and block.kind in ("paragraph", "list", "verse")]
    folded = [_fold(block.text()) for block in body]
    position = 0
    while position < len(body) - 1:
        words = folded[position]
        if len(words) < 30:
            position += 1
            continue
        extent = _repeats(words, folded[position + 1 : position + 13])
        for block in body[position + 1 : position + 1 + extent]:
            block.part = "gone"
        if extent:
            mends.append(Mend(kind="duplicate", line=body[position + 1].line, text=body[position].text()[:80]))
        position += 1 + extent


def _repeats(words: str, following: Sequence[str]) -> int:
    """Return how many of the following paragraphs together repeat ``words``."""
    together = ""
    for count, text in enumerate(following, 1):
        together += text
        if together == words:
            return count
        if not words.startswith(together):
            return 0
    return 0


def _fold(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())
