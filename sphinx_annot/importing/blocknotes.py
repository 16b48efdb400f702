"""Notes that stand as blocks in a page without links: ``[1] words`` under a heading, or a numbered list there."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from sphinx_annot.importing.article import Block, FoundNote, Run, joined, split_runs, strip_runs
from sphinx_annot.importing.words import BACK, NOTE_HEADING

_LABEL = re.compile(
    r"^\s*(?:\[(\^?[\w*†‡§]{1,5})\]|\((\d{1,3})\)|(\d{1,3})[.)]|([¹²³⁰⁴-⁹]{1,3})"
    r"|([*†‡§¶]{1,3})(?=\s?[\w\"“]))\s*[:.]?\s*"
)
_DIGITS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")


def take_block_notes(blocks: list[Block], notes: list[FoundNote]) -> list[Block]:
    """Move notes that stand under a heading for notes from ``blocks`` to ``notes``; return the blocks left."""
    result: list[Block] = []
    position = 0
    body = "\n".join(block.raw_text() for block in blocks)
    while position < len(blocks):
        block = blocks[position]
        result.append(block)
        position += 1
        if block.kind in ("heading", "paragraph") and len(block.text()) < 80 and NOTE_HEADING.match(block.text()):
            found, used = _read(blocks, position, body)
            notes += [
                FoundNote(key=f"b{block.line}-{index}", label=label, blocks=parts, line=parts[0].line)
                for index, (label, parts) in enumerate(found)
            ]
            position += used
    return result


def _read(blocks: list[Block], start: int, body: str) -> tuple[list[tuple[str, list[Block]]], int]:
    if start < len(blocks) and blocks[start].kind == "list" and blocks[start].info == "ordered":
        return _items(blocks[start], body), 1 if _items(blocks[start], body) else 0
    found: list[tuple[str, list[Block]]] = []
    position = start
    while position < len(blocks):
        block = blocks[position]
        pieces = _pieces(block)
        labels = [_label(piece) for piece in pieces]
        if block.kind in ("heading", "rule") or (
            not labels[0] and any(pattern.match(block.text()) for _, pattern in BACK)
        ):
            break
        if not labels[0] and not (found and _belongs(block)):
            break
        for piece, label in zip(pieces, labels, strict=True):
            if label:
                found.append((label[0], [_cut(piece, label[1])]))
            elif found:
                found[-1][1].append(piece)
        position += 1
    return found, position - start


def _pieces(block: Block) -> list[Block]:
    """Part a block whose lines each begin a note."""
    text = joined(block.runs)
    if "\n" not in text or block.kind not in ("paragraph", "verse"):
        return [block]
    starts = [0] + [match.end() for match in re.finditer(r"\n", text) if _LABEL.match(text[match.end() :])]
    bounds = [*starts, len(text)]
    return [replace_runs(block, _slice(block.runs, begin, end)) for begin, end in itertools.pairwise(bounds)]


def replace_runs(block: Block, runs: list[Run]) -> Block:
    """Return a paragraph with other words at the same place."""
    words = [replace(run, text=run.text.replace("\n", " ")) for run in runs]
    return Block(kind="paragraph", line=block.line, runs=strip_runs(words))


def _slice(runs: list[Run], begin: int, end: int) -> list[Run]:
    length = len(joined(runs))
    cuts: list[tuple[int, int, list[Run]]] = [(0, begin, [])] if begin else []
    if end < length:
        cuts.append((end, length, []))
    return split_runs(runs, cuts)


def _label(block: Block) -> tuple[str, int] | None:
    text = joined(block.runs) if block.runs else ""
    match = _LABEL.match(text)
    if not match or not text[match.end() :].strip():
        return None
    label = next(group for group in match.groups() if group)
    return label.lstrip("^").translate(_DIGITS), match.end()


def _cut(block: Block, length: int) -> Block:
    block.runs = strip_runs(split_runs(block.runs, [(0, length, [])]))
    return block


def _belongs(block: Block) -> bool:
    """Whether a block without a label goes on with the note above it."""
    return bool(re.match(r"^\s*(?:https?://|www\.)", block.text()))


def _items(block: Block, body: str) -> list[tuple[str, list[Block]]]:
    """Take an ordered list as notes if the text has marks with its numbers."""
    count = len(block.children)
    labels = [str(block.level + index) for index in range(count)]
    marked = sum(bool(re.search(rf"\S\s?(?:\[{label}\]|\({label}\))", body)) for label in labels)
    return (
        [(label, item.children) for label, item in zip(labels, block.children, strict=True)]
        if marked >= max(1, count // 2)
        else []
    )
