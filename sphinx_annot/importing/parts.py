"""A long text in parts: names of footnotes, which of them a part needs, where to divide."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_annot.formats.pieces import Piece, Words
from sphinx_annot.importing.article import Article, Doubt, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPLIT_FROM = 400_000
_PART = 150_000


def footnote_names(article: Article) -> list[str]:
    """Return a name for each note: its printed number if that is unique, else one that is."""
    labels = Counter(note.label for note in article.notes if note.source is None)
    used: set[str] = set()
    names: list[str] = []
    for index, note in enumerate(article.notes):
        word, once = slug(note.label), labels[note.label] == 1
        plain = once and note.label.isascii() and note.label.isdigit() and not note.label.startswith("0")
        name = (
            note.label
            if plain
            else f"n-{word}"
            if once and word and word.isascii() and not word.isdigit()
            else f"note-{index + 1}"
        )
        if not plain and note.source is None:
            article.doubts.append(
                Doubt(
                    line=note.line,
                    message=f'the note printed as "{note.label}" is numbered through and called "{name}" here',
                )
            )
        names.append(name if name not in used else f"note-{index + 1}")
        used.add(names[-1])
    return names


def marked(pieces: Iterable[Piece]) -> set[str]:
    """Return the names of the footnotes that are marked in ``pieces``."""
    found: set[str] = set()
    for piece in pieces:
        found |= {item.footnote for item in piece.words if item.footnote}
        found |= marked(piece.children)
    return found


def _size(piece: Piece) -> int:
    return sum(len(item.text) for item in piece.words) + sum(_size(child) for child in piece.children)


def split(pieces: list[Piece]) -> list[list[Piece]]:
    """Split a long text into documents at its headings, else between paragraphs."""
    if sum(_size(piece) for piece in pieces) < _SPLIT_FROM:
        return [pieces]
    parts: list[list[Piece]] = [[]]
    size = 0
    for piece in pieces:
        chapter = piece.kind == "heading" and piece.level == 2 and size > _PART
        if chapter or size > _PART * 2:
            parts.append([])
            size = 0
        parts[-1].append(piece)
        size += _size(piece)
    return parts


def as_document(pieces: list[Piece], title: str) -> list[Piece]:
    """Give a part a title of its own: its first heading, else the text's title and a number."""
    if not pieces or pieces[0].kind != "heading":
        pieces = [Piece(kind="heading", level=1, words=(Words(text=title),)), *pieces]
    result: list[Piece] = []
    level = 0
    for piece in pieces:
        if piece.kind == "heading":
            level = min(max(2, piece.level - 1), level + 1) if level else 1
            result.append(replace(piece, level=level))
        else:
            result.append(piece)
    return result
