"""One edition of made-up words, written twice: in our markup, and in plain Sphinx with footnotes.

Both print the same words: a note is an ``annot:ednote`` or a footnote, a source an ``annot:source`` or
a footnote on each page that cites it, a passage an ``annot:passage`` or a block quotation.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.markup import MYST, RST, Markup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MarkupName = Literal["myst", "rst"]
Variant = Literal["annot", "plain"]

MARKUPS: dict[MarkupName, Markup] = {"myst": MYST, "rst": RST}
_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the pages cite."""

    key: str
    author: str
    title: str
    container: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note; ``on`` is empty for one that belongs to its block. With ``points`` it has block content."""

    id: str
    on: str
    text: str
    points: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """Words, the marks behind them (index of a word to keys and ids), and the notes."""

    words: list[str]
    cites: dict[int, str] = field(default_factory=dict)
    lemmas: dict[int, Note] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quoted passage; ``page`` is its locator."""

    id: str
    source: Source
    page: int
    text: str


@dataclass(slots=True, kw_only=True)
class Page:
    """One document: its blocks in order."""

    name: str
    title: str
    blocks: list[Paragraph | Passage] = field(default_factory=list)


class Words:
    """A seeded stream of words that no language has."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.vocabulary = [self._word() for _ in range(4000)]

    def _word(self) -> str:
        rng = self.rng
        return "".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(rng.randint(1, 4)))

    def some(self, count: int) -> list[str]:
        """``count`` words, with a capital and a full stop for every twelve or so."""
        words = self.rng.choices(self.vocabulary, k=count)
        start = 0
        while start < count:
            end = min(start + self.rng.randint(8, 16), count) - 1
            words[start] = words[start].capitalize()
            words[end] += "."
            start = end + 1
        return words

    def text(self, count: int) -> str:
        """The same as a string."""
        return " ".join(self.some(count))

    def title(self, count: int) -> str:
        """A title of ``count`` words."""
        return " ".join(self.rng.choices(self.vocabulary, k=count)).capitalize()


def sources(words: Words, count: int) -> list[Source]:
    """``count`` sources."""
    return [
        Source(
            key=f"source{number}",
            author=f"{words.title(1)} {words.title(1)}",
            title=words.title(6),
            container=words.title(2),
            year=1900 + number % 120,
        )
        for number in range(count)
    ]


def page(words: Words, name: str, known: list[Source]) -> Page:
    """A page of 800 words in ten paragraphs, with 20 notes, 20 citations and 4 passages."""
    rng = words.rng
    paragraphs = [Paragraph(words=words.some(80)) for _ in range(10)]
    for paragraph in paragraphs:
        for at in rng.sample(range(79), 2):
            paragraph.cites[at] = rng.choice(known).key
        _add_lemmas(words, name, paragraph, 2, blocks=rng.random() < 0.5)
    blocks: list[Paragraph | Passage] = list(paragraphs)
    for number, at in enumerate((8, 6, 4, 2)):
        text = words.text(40)
        blocks.insert(
            at, Passage(id=f"{name}-p{number}", source=rng.choice(known), page=rng.randint(1, 400), text=text)
        )
    return Page(name=name, title=words.title(5), blocks=blocks)


def long_page(words: Words, *, notes: int, lemmas: int) -> Page:
    """One page with ``notes`` notes, of which ``lemmas`` are anchored by their words, twenty notes a paragraph."""
    count = notes // 20
    paragraphs = []
    for index in range(count):
        paragraph = Paragraph(words=words.some(80))
        _add_lemmas(words, f"long{index}", paragraph, lemmas // count, blocks=False)
        rest = 20 - lemmas // count
        paragraph.notes += [Note(id=f"long{index}-b{number}", on="", text=words.text(12)) for number in range(rest)]
        paragraphs.append(paragraph)
    return Page(name="long", title=words.title(5), blocks=list(paragraphs))


def _add_lemmas(words: Words, name: str, paragraph: Paragraph, count: int, *, blocks: bool) -> None:
    """Give ``paragraph`` notes on three words each, whose last word ends neither a sentence nor another lemma."""
    free = [
        at
        for at in range(2, 80)
        if not any(i in paragraph.cites for i in range(at - 2, at + 1))
        and not any(paragraph.words[i].endswith(".") for i in range(at - 2, at + 1))
    ]
    for number in range(count):
        at = words.rng.choice(free)
        free = [i for i in free if abs(i - at) > 3]
        points = (words.text(8), words.text(8)) if blocks and number == 0 else ()
        note = Note(
            id=f"{name}-{paragraph.words[at].lower()}-{words.rng.randrange(10**6)}",
            on=" ".join(paragraph.words[at - 2 : at + 1]),
            text=words.text(20),
            points=points,
        )
        paragraph.lemmas[at] = note


def _body(note: Note) -> str:
    points = "\n".join(f"- {point}" for point in note.points)
    return f"{note.text}\n\n{points}" if points else note.text


class Writer:
    """Writes pages in one markup and one variant."""

    def __init__(self, variant: Variant, markup: MarkupName, known: list[Source]) -> None:
        self.variant = variant
        self.style = MARKUPS[markup]
        self.suffix = self.style.suffix
        self.known = {source.key: source for source in known}

    def page(self, page: Page) -> str:
        """The whole text of ``page``."""
        blocks = [self.style.heading(page.title, 1)]
        cited: dict[str, None] = {}
        for block in page.blocks:
            if isinstance(block, Passage):
                blocks.append(self._passage(block))
                cited[block.source.key] = None
            else:
                blocks.append(self._paragraph(block))
                cited |= dict.fromkeys(key for _, key in sorted(block.cites.items()))
                blocks += self._notes(block)
        if self.variant == "plain":
            blocks += [self.style.footnote(key, self._entry(self.known[key])) for key in cited]
        return "\n\n".join(blocks) + "\n"

    def _paragraph(self, paragraph: Paragraph) -> str:
        plain = self.variant == "plain"
        parts = []
        for at, word in enumerate(paragraph.words):
            parts.append(word)
            if plain and at in paragraph.lemmas:
                parts.append(self.style.mark(paragraph.lemmas[at].id))
            if at in paragraph.cites:
                key = paragraph.cites[at]
                parts.append(self.style.mark(key) if plain else self.style.span("cite", key))
        if plain:
            parts += [self.style.mark(note.id) for note in paragraph.notes]
        return " ".join(parts)

    def _notes(self, paragraph: Paragraph) -> Iterator[str]:
        for note in [*paragraph.lemmas.values(), *paragraph.notes]:
            if self.variant == "plain":
                yield self.style.footnote(note.id, _body(note))
            else:
                options = {"on": note.on} if note.on else {}
                yield self.style.directive("annot:ednote", note.id, options, _body(note))

    def _passage(self, passage: Passage) -> str:
        source = passage.source
        if self.variant == "plain":
            attribution = f"{source.author}, p. {passage.page} {self.style.mark(source.key)}"
            return self.style.quotation(passage.text, attribution)
        options = {"source": source.key, "locator": f"p. {passage.page}", "speaker": source.author}
        return self.style.directive("annot:passage", passage.id, options, passage.text)

    def _entry(self, source: Source) -> str:
        title = self.style.emphasis(source.title)
        address = f"https://example.org/{source.key}"
        return f"{source.author}. {title}. {source.container}, {source.year}. {address}"

    def sources(self) -> str:
        """The document that defines the sources; in plain Sphinx its heading only."""
        blocks = [self.style.heading("Sources", 1)]
        if self.variant == "annot":
            for source in self.known.values():
                options = {
                    "type": "article-newspaper",
                    "author": source.author,
                    "title": source.title,
                    "container-title": source.container,
                    "issued": str(source.year),
                    "url": f"https://example.org/{source.key}",
                }
                blocks.append(self.style.directive("annot:source", source.key, options, ""))
        return "\n\n".join(blocks) + "\n"


def write(root: Path, pages: list[Page], known: list[Source], variant: Variant, markup: MarkupName) -> None:
    """Write ``pages`` as a project in the folder ``root``: chapters of 25, each behind a page of contents."""
    writer = Writer(variant, markup, known)
    root.mkdir(parents=True)
    extensions = ["myst_parser"] if markup == "myst" else []
    extensions += ["sphinx_annot"] if variant == "annot" else []
    config = {"project": "Edition", "extensions": extensions, "html_theme": "alabaster", "language": "en"}
    if markup == "myst":
        config["myst_enable_extensions"] = ["colon_fence"]
    (root / "conf.py").write_text("".join(f"{key} = {value!r}\n" for key, value in config.items()))
    (root / f"sources{writer.suffix}").write_text(writer.sources())
    chapters = [pages[start : start + 25] for start in range(0, len(pages), 25)]
    for number, chapter in enumerate(chapters):
        contents = writer.style.toctree([page.name for page in chapter])
        heading = writer.style.heading(f"Chapter {number + 1}", 1)
        (root / f"chapter{number}{writer.suffix}").write_text(f"{heading}\n\n{contents}\n")
        for page in chapter:
            (root / f"{page.name}{writer.suffix}").write_text(writer.page(page))
    contents = writer.style.toctree([*(f"chapter{number}" for number in range(len(chapters))), "sources"])
    (root / f"index{writer.suffix}").write_text(f"{writer.style.heading('Edition', 1)}\n\n{contents}\n")


def edition(pages: int, *, seed: int = 1) -> tuple[list[Page], list[Source]]:
    """An edition of ``pages`` pages and 200 sources."""
    words = Words(seed)
    known = sources(words, 200)
    return [page(words, f"page{number}", known) for number in range(pages)], known


def long_edition(*, notes: int = 5000, lemmas: int = 500, seed: int = 1) -> tuple[list[Page], list[Source]]:
    """An edition of one long page."""
    return [long_page(Words(seed), notes=notes, lemmas=lemmas)], []
