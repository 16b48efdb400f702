"""The wrappers that text archives put around a text: Project Gutenberg, OpenITI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import Block, Mend, Run
from sphinx_annot.importing.lines import Line, chunks

if TYPE_CHECKING:
    from collections.abc import Sequence

_START = re.compile(r"^\s*\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG|^\*END\*?THE SMALL PRINT", re.IGNORECASE)
_END = re.compile(
    r"^\s*(?:\*{3}\s*)?END OF (?:THE|THIS)? ?PROJECT GUTENBERG|^\s*End of (?:the )?Project Gutenberg", re.IGNORECASE
)
_FIELD = re.compile(
    r"^(Title|Author|Editor|Translator|Release Date|Language|Illustrator|Contributor|Original Publication)s?:\s*(.*)$"
)
_TRANSCRIBER = re.compile(
    r"^\W*(?:transcriber|transcribers|produced by|e-?text (?:prepared|produced) by|note: project gutenberg)",
    re.IGNORECASE,
)
_OPENITI_PAGE = re.compile(r"\s*PageV\d+P\d+\s*(?:#\s*)?|\s*\bms\d{2,5}\b")

Unwrapped = tuple[list[Line], dict[str, list[str]], list[Block], list[Block], list[Mend]]
WRAPPER = "Project Gutenberg header and licence"


def is_archived(text: str) -> bool:
    """Whether a text comes in the wrapper of an archive that we know."""
    head = text[:3000]
    return "OpenITI#" in head or "project gutenberg" in head.lower()


def unwrap(lines: Sequence[Line]) -> Unwrapped:
    """Return the lines of the text itself, what the wrapper tells of it, and the wrapper as blocks before and after."""
    head = "\n".join(line.text for line in lines[:40])
    if "OpenITI#" in head:
        return _openiti(lines)
    if "project gutenberg" in head.lower():
        return _gutenberg(lines)
    return list(lines), {}, [], [], []


def _gutenberg(lines: Sequence[Line]) -> Unwrapped:
    start = next((index for index, line in enumerate(lines[:600]) if _START.match(line.text)), None)
    if start is None:
        return list(lines), {}, [], [], []
    end = next((index for index in range(start + 1, len(lines)) if _END.match(lines[index].text)), len(lines))
    body = start + 1
    while body < end and lines[body].words:
        body += 1
    body = _credits(lines, body, end)
    meta = _fields(lines[:start])
    meta["archive"] = ["Project Gutenberg"]
    before = _back(lines[:body], WRAPPER)
    after = _back(lines[end:], "")
    return list(lines[body:end]), meta, before, after, []


def take_wrapper(blocks: Sequence[Block]) -> dict[str, list[str]]:
    """Mark the wrapper of Project Gutenberg in the blocks of a page as back matter; return what it tells."""
    texts = [block.text() for block in blocks]
    start = next((index for index, text in enumerate(texts[:60]) if _START.match(text)), None)
    if start is None:
        return {}
    end = next((index for index in range(start + 1, len(texts)) if _END.match(texts[index])), len(texts))
    for index in [*range(start + 1), *range(end, len(texts))]:
        blocks[index].part, blocks[index].info = "back", "boilerplate"
        blocks[index].attribution = WRAPPER if index <= start else ""
    lines = [
        Line(0, line) for text in (block.raw_text() for block in blocks[:start]) for line in [*text.split("\n"), ""]
    ]
    return {**_fields(lines), "archive": ["Project Gutenberg"]}


def _credits(lines: Sequence[Line], start: int, end: int) -> int:
    """The transcribers' own words follow the header; a run of three blank lines ends each of their paragraphs."""
    position = start
    while True:
        first = next((index for index in range(position, min(position + 12, end)) if lines[index].words), None)
        if first is None or not _TRANSCRIBER.match(lines[first].words):
            return position
        blank, position = 0, first
        while position < end and blank < (3 if position - first < 200 else 1):
            blank = blank + 1 if not lines[position].words else 0
            position += 1


def _fields(lines: Sequence[Line]) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for group in chunks(lines):
        match = _FIELD.match(group[0].words)
        if match:
            text = " ".join([match[2], *(line.words for line in group[1:] if line.indent)])
            meta.setdefault(match[1].lower(), []).append(text)
            if match[1] == "Title" and len(group) > 1:
                meta["title"], meta["subtitle"] = [match[2]], [" ".join(line.words for line in group[1:])]
    return meta


def _back(lines: Sequence[Line], title: str) -> list[Block]:
    blocks = [
        Block(
            kind="paragraph",
            part="back",
            info="boilerplate",
            line=group[0].number,
            runs=[Run(text=" ".join(line.words for line in group))],
        )
        for group in chunks(lines)
    ]
    for block in blocks:
        block.attribution = title
    return blocks


def _openiti(lines: Sequence[Line]) -> Unwrapped:
    meta: dict[str, list[str]] = {"archive": ["OpenITI"]}
    before: list[Block] = []
    body: list[Line] = []
    pages = 0
    for line in lines:
        if line.text.startswith(("######OpenITI#", "#META#")):
            key, _, value = line.text.removeprefix("#META#").strip().partition(":")
            if value.strip():
                meta.setdefault(key.strip(), []).append(value.strip())
            before.append(
                Block(
                    kind="paragraph", part="back", info="metadata-header", line=line.number, runs=[Run(text=line.words)]
                )
            )
            continue
        text, found = _OPENITI_PAGE.subn(" ", line.text)
        pages += found
        body += _openiti_line(Line(line.number, text.rstrip()))
    mends = [Mend(kind="running-head", line=0, text="PageV", count=pages)] if pages else []
    return body, _openiti_meta(meta), before, [], mends


def _openiti_line(line: Line) -> list[Line]:
    """``# `` begins a paragraph, ``~~`` goes on with it, ``###`` begins a heading."""
    text = line.text
    if text.startswith("###"):
        return [Line(line.number, ""), Line(line.number, text.lstrip("#|$ ").upper()), Line(line.number, "")]
    if text.startswith("# "):
        return [Line(line.number, ""), Line(line.number, text[2:].strip())]
    return [Line(line.number, text.removeprefix("~~").strip())] if text.strip() else []


def _openiti_meta(meta: dict[str, list[str]]) -> dict[str, list[str]]:
    result = {"archive": meta["archive"], "language": ["ar"]}
    for key, names in {
        "title": ("bk", "الكتاب", "title"),
        "author": ("auth", "المؤلف"),
        "publication": ("الناشر",),
        "edition": ("الطبعة",),
    }.items():
        for name in names:
            if meta.get(name):
                result[key] = meta[name]
                break
    return result
