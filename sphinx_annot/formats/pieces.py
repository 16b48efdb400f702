"""An edition's text as values, and what the writers of its two markups have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_annot.model.records import Source

PLAIN: frozenset[str] = frozenset()
_PERSONS = ("author", "editor", "translator", "snapshot")
_CODE_LANGUAGES = frozenset(
    "bash c console cpp css diff go html ini java javascript js json pycon python rst ruby rust sh "
    "sql text toml xml yaml".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words in one style: any of ``em``, ``strong``, ``code``, ``sup``, ``sub``.

    ``cite`` holds the keys of a group of citations, ``footnote`` the name of a footnote that is marked here,
    ``image`` the address of an image whose alternative text is ``text``. A line feed is a line break.
    """

    text: str = ""
    styles: frozenset[str] = PLAIN
    href: str = ""
    image: str = ""
    cite: tuple[str, ...] = ()
    footnote: str = ""

    @property
    def is_mark(self) -> bool:
        """Whether this is a mark and no words of the text."""
        return bool(self.cite or self.footnote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of source text.

    ``kind``: ``paragraph``, ``verse``, ``heading`` (``level`` from 1), ``list`` (``info`` is ``ordered`` or empty,
    ``level`` its first number), ``item``, ``table``, ``row`` (``info`` is ``head`` or empty), ``cell``, ``code``
    (``info`` is the language), ``rule``, ``quote``, or ``directive`` (``info`` is its name, ``id`` its argument).
    A ``footnote`` has its name in ``id``; ``raw`` is written as it stands (the body of a ``toctree``).
    """

    kind: str
    words: tuple[Words, ...] = ()
    children: tuple[Piece, ...] = ()
    level: int = 0
    info: str = ""
    id: str = ""
    options: tuple[tuple[str, str], ...] = ()


def source_piece(source: Source, remark: Sequence[Piece] = ()) -> Piece:
    """Return the definition of a source; ``remark`` is its body."""
    return Piece(
        kind="directive", info="annot:source", id=source.key, options=source_options(source), children=tuple(remark)
    )


def source_options(source: Source) -> tuple[tuple[str, str], ...]:
    """Return the fields of a source as directive options, in the order of the records, empty ones left out."""
    options: list[tuple[str, str]] = []
    for name, value in source._asdict().items():
        if name == "key" or not value:
            continue
        options.append((name.replace("_", "-"), "; ".join(value) if name in _PERSONS else value))
    return tuple(options)


class MarkupWriter(ABC):
    """Writes pieces as source text. One object writes one document."""

    suffix = ""

    def document(self, pieces: Iterable[Piece]) -> str:
        """Return a whole document; it ends with one line feed."""
        return "\n\n".join(block for block in self.blocks(list(pieces), depth=0) if block) + "\n"

    def blocks(self, pieces: Sequence[Piece], depth: int) -> list[str]:
        """Return the source text of each piece; ``depth`` counts the directives and lists around them."""
        written: list[str] = []
        for position, piece in enumerate(pieces):
            before = pieces[position - 1] if position else None
            after = pieces[position + 1] if position + 1 < len(pieces) else None
            text = self.block(piece, depth, before, after)
            if text:
                written.append(text)
        return written

    def block(self, piece: Piece, depth: int, before: Piece | None, after: Piece | None) -> str:
        """Return the source text of one piece between its neighbours."""
        if piece.kind in ("paragraph", "cell"):
            return self.paragraph(piece.words)
        if piece.kind == "rule":
            return self.rule() if not depth and _may_part(before) and _may_part(after) else ""
        if piece.kind == "list":
            return self.list(piece, depth, before)
        if piece.kind in ("quote", "directive", "footnote"):
            return self._container(piece, self.blocks(piece.children, depth + 1))
        return self._leaf(piece, depth)

    def _container(self, piece: Piece, body: Sequence[str]) -> str:
        if piece.kind == "quote":
            return self.quote(body)
        return self.directive(piece, body) if piece.kind == "directive" else self.footnote(piece.id, body)

    def _leaf(self, piece: Piece, depth: int) -> str:
        text = "".join(words.text for words in piece.words)
        match piece.kind:
            case "verse":
                return self.verse(piece.words)
            case "heading":
                return self.heading(piece, depth)
            case "table":
                return self.table(piece)
            case "code":
                return self.code(text, piece.info if piece.info in _CODE_LANGUAGES else "text")
        return text if piece.kind == "raw" else ""

    def heading(self, piece: Piece, depth: int) -> str:
        """Return a heading; inside another block, where none may stand, a paragraph in bold."""
        if depth:
            return self.paragraph(
                [
                    Words(text=words.text, styles=words.styles | {"strong"}) if not words.is_mark else words
                    for words in piece.words
                ]
            )
        return self.title(self.inline([_one_line(words) for words in piece.words if not words.image]), piece.level)

    def table(self, piece: Piece) -> str:
        """Return a table as a ``list-table``, which both markups have."""
        width = max((len(row.children) for row in piece.children), default=0)
        head = 1 if len(piece.children) > 1 and piece.children[0].info == "head" else 0
        rows = []
        for row in piece.children:
            cells = [self.inline([_one_line(words) for words in cell.words]) for cell in row.children]
            cells += [""] * (width - len(cells))
            rows.append(
                "\n".join(
                    f"{'* -' if not index else '  -'} {self.guard(cell)}".rstrip() for index, cell in enumerate(cells)
                )
            )
        return self.directive(
            Piece(kind="directive", info="list-table", options=(("header-rows", str(head)),)), ["\n".join(rows)]
        )

    @abstractmethod
    def title(self, text: str, level: int) -> str:
        """Return a heading."""

    @abstractmethod
    def paragraph(self, words: Sequence[Words]) -> str:
        """Return a paragraph."""

    @abstractmethod
    def verse(self, words: Sequence[Words]) -> str:
        """Return lines that stay lines."""

    @abstractmethod
    def inline(self, words: Sequence[Words]) -> str:
        """Return words inside a block."""

    @abstractmethod
    def guard(self, text: str) -> str:
        """Return a block's text so that its beginning is not taken for markup."""

    @abstractmethod
    def list(self, piece: Piece, depth: int, before: Piece | None) -> str:
        """Return a list."""

    @abstractmethod
    def code(self, text: str, language: str) -> str:
        """Return a literal block."""

    @abstractmethod
    def rule(self) -> str:
        """Return a line between parts."""

    @abstractmethod
    def quote(self, blocks: Sequence[str]) -> str:
        """Return a block quotation without source."""

    @abstractmethod
    def directive(self, piece: Piece, body: Sequence[str]) -> str:
        """Return a directive."""

    @abstractmethod
    def footnote(self, name: str, blocks: Sequence[str]) -> str:
        """Return the definition of a footnote."""


def single_quoted(value: str) -> str:
    """Return an option's value in single quotation marks, an apostrophe inside doubled."""
    return "'" + value.replace("'", "''") + "'"


def group_marks(words: Sequence[Words]) -> list[Words]:
    """Join citations that follow one another directly into one group."""
    result: list[Words] = []
    for item in words:
        if item.cite and result and result[-1].cite:
            result[-1] = Words(cite=result[-1].cite + item.cite)
        else:
            result.append(item)
    return result


def _one_line(words: Words) -> Words:
    if "\n" not in words.text:
        return words
    return Words(text=words.text.replace("\n", " "), styles=words.styles, href=words.href, image=words.image)


def _may_part(piece: Piece | None) -> bool:
    """Whether a line may stand beside this: docutils allows none at an end, nor two together."""
    return (
        piece is not None
        and piece.kind not in ("heading", "rule", "footnote")
        and piece.info not in ("annot:edition", "annot:source")
    )
