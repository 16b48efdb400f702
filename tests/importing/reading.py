"""Read an article from a string, and say what was found in few words."""

from __future__ import annotations

from sphinx_annot.importing.article import Article, all_leaves
from sphinx_annot.importing.reading import Input, read_article


def read(text: str | bytes, name: str = "article.txt", **beside: str) -> Article:
    """Return the article in ``text``; ``beside`` are files next to it, a dot in their names written as ``__``."""
    files = {key.replace("__", "."): value for key, value in beside.items()}
    data = text.encode() if isinstance(text, str) else text
    return read_article(Input(data, name, lambda wanted: files.get(wanted, "")))


def pairs(article: Article) -> list[tuple[str, str | None]]:
    """Return each mark's label with the first words of the note it leads to."""
    return [
        (mark.label, " ".join(article.notes[mark.note].text().split()[:3]) if mark.note >= 0 else None)
        for mark in article.marks
    ]


def notes(article: Article) -> list[tuple[str, str]]:
    """Return each note's label and words."""
    return [(note.label, note.text()) for note in article.notes]


def body(article: Article) -> list[str]:
    """Return the words of each block of the text."""
    leaves = all_leaves(block for block in article.blocks if block.part == "body")
    return [leaf.text() for leaf in leaves if leaf.text()]


def mended(article: Article) -> list[str]:
    """Return the kinds of mends, in order."""
    return [mend.kind for mend in article.mends]
