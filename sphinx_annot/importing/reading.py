"""The way from a file to an article: decode, read, mend, find."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sphinx_annot.importing.archives import is_archived
from sphinx_annot.importing.article import Article, ArticleError, Doubt, Draft, Mend
from sphinx_annot.importing.backmatter import mark_back_matter
from sphinx_annot.importing.decode import decode, undo_double_encoding
from sphinx_annot.importing.header import HeaderReader
from sphinx_annot.importing.language import detect_language
from sphinx_annot.importing.marks import MarkFinder
from sphinx_annot.importing.mending import drop_doubles, join_addresses, join_paragraphs, unlink_dead
from sphinx_annot.importing.quotations import QuotationFinder
from sphinx_annot.importing.sources import addresses, reference, with_keys
from sphinx_annot.importing.tei import looks_like_tei, read_tei

MOST_BYTES = 32 * 1024 * 1024
_HTML = re.compile(r"<!doctype html|<html\b|<body\b|<head\b|<(p|div|h1)\b[^>]*>.*</\1>", re.IGNORECASE | re.DOTALL)

_SHORT = {
    "eng": "en",
    "ger": "de",
    "deu": "de",
    "fre": "fr",
    "fra": "fr",
    "spa": "es",
    "ita": "it",
    "rus": "ru",
    "lat": "la",
    "ara": "ar",
    "heb": "he",
    "por": "pt",
    "dut": "nl",
    "nld": "nl",
    "english": "en",
    "german": "de",
    "french": "fr",
}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Input:
    """A file as given: its bytes, its name, and how to get at a file beside it (or an empty text)."""

    data: bytes
    name: str = "article.txt"
    load: Callable[[str], str] = field(default=lambda _: "")


def open_article(path: Path) -> Input:
    """Read the file at ``path``.

    Raises ``ArticleError`` if it cannot be read, or is larger than ``MOST_BYTES``.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ArticleError(f"{path} is not a file")
        if size > MOST_BYTES:
            raise ArticleError(f"{path} is larger than {MOST_BYTES // 1024 // 1024} MB")
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path} cannot be read: {error.strerror or error}") from error

    def load(name: str) -> str:
        beside = path.parent / name
        try:
            return decode(beside.read_bytes())[0] if beside.is_file() and beside.stat().st_size <= MOST_BYTES else ""
        except (OSError, ArticleError):
            return ""

    return Input(data, path.name, load)


def read_article(given: Input, progress: Progress = lambda _: None) -> Article:
    """Return the article in a file.

    Raises ``ArticleError`` for input that is no text.
    """
    mends: list[Mend] = []
    text, _ = decode(given.data)
    text = _clean(text, mends)
    progress("reading")
    draft = _read(text, given)
    draft.mends[:0] = mends
    progress("looking for notes")
    return _article(draft, progress)


def _clean(text: str, mends: list[Mend]) -> str:
    text, count = undo_double_encoding(text)
    if count:
        mends.append(Mend(kind="double-encoding", line=0, count=count))
    soft = text.count("\u00ad")
    if soft:
        mends.append(Mend(kind="soft-hyphen", line=0, count=soft))
    return text.replace("\u00ad", "").replace("\u2060", "").replace("\u200b", "")


def _read(text: str, given: Input) -> Draft:
    suffix = Path(given.name).suffix.lower()
    if suffix in (".xml", ".tei") and looks_like_tei(text):
        return read_tei(text)
    if suffix in (".html", ".htm", ".xhtml", ".xht", ".xml") or (
        suffix not in (".md", ".markdown") and _HTML.search(text[:5000])
    ):
        from sphinx_annot.importing.html import read_html  # noqa: PLC0415 - each format loads what it needs

        return read_html(text, given.load)
    from sphinx_annot.importing.markdown import looks_like_markdown, read_markdown  # noqa: PLC0415

    if suffix in (".md", ".markdown", ".mkd", ".myst") or (not is_archived(text) and looks_like_markdown(text)):
        return read_markdown(text)
    from sphinx_annot.importing.text import read_text  # noqa: PLC0415

    return read_text(text)


def _article(draft: Draft, progress: Progress) -> Article:
    mends, doubts = draft.mends, draft.doubts
    join_addresses(draft.notes, mends)
    unlink_dead(draft.blocks, draft.notes, mends)
    draft.blocks = join_paragraphs(draft.blocks, mends)
    heading = HeaderReader(draft).read()
    mark_back_matter(draft.blocks, heading)
    progress("pairing marks and notes")
    finder = MarkFinder([block for block in draft.blocks if block.part == "body"], draft.notes)
    finder.run()
    drop_doubles(draft.blocks, mends)
    progress("looking for quotations")
    blocks = QuotationFinder(draft, finder.marks).run()
    for note in draft.notes:
        note.urls = addresses(note)
        note.source = reference(note)
    with_keys(draft.notes)
    heading.language = _language(draft, heading.language, doubts)
    marked = {mark.note for mark in finder.marks}
    doubts += [
        Doubt(line=note.line, message=f'no mark leads to the note "{note.label}"')
        for index, note in enumerate(draft.notes)
        if index not in marked
    ]
    return Article(
        heading=heading,
        blocks=blocks,
        notes=draft.notes,
        marks=finder.marks,
        mends=mends,
        doubts=[*doubts, *finder.doubts],
        chrome=draft.chrome,
    )


def _language(draft: Draft, named: str, doubts: list[Doubt]) -> str:
    found, sure = detect_language("\n".join(block.raw_text() for block in draft.blocks if block.part == "body"))
    declared = named or draft.language or next(iter(draft.meta.get("language", [])), "")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][\w-]+)?", declared) and not (
        sure and found and declared[:2].lower() != found
    ):
        return _SHORT.get(declared.lower(), declared.replace("_", "-"))
    if found and not sure:
        doubts.append(Doubt(line=0, message=f'the language looks like "{found}", but that is not sure'))
    return found
