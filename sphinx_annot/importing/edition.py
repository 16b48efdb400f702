"""An article -> the source text of an edition: which block becomes what, in the author's language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from sphinx_annot.formats.pieces import Piece, Words, source_piece
from sphinx_annot.importing.article import Article, Block, Doubt, Mend, Run, slug, squeeze
from sphinx_annot.importing.parts import as_document, footnote_names, marked, split
from sphinx_annot.importing.quotations import strip_marks_of_quotation
from sphinx_annot.importing.words import NOTE_HEADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PUNCTUATION = " \n\t\"'“”„«»‘’"
_SCHEMES = ("http://", "https://", "mailto:", "ftp://")


@dataclass(slots=True)
class Document:
    """One document to write: its name without suffix, and its pieces."""

    name: str
    pieces: list[Piece]


@dataclass(slots=True)
class Edition:
    """What an import writes: documents, the first of them the edition itself, and the images beside the article."""

    id: str
    title: str
    documents: list[Document]
    images: list[str] = field(default_factory=list)


class EditionMaker:
    """Makes the edition of one article; mends and doubts are added to the article's."""

    def __init__(self, article: Article, name: str, *, drop_back_matter: bool = False) -> None:
        """``name`` is the file's name without suffix: what the edition is called if the text has no title."""
        self._article = article
        self._name = slug(name) or "article"
        self._drop = drop_back_matter
        self._names = footnote_names(article)
        self._images: list[str] = []
        self._heading_level = 1
        self._passages: Counter[str] = Counter()

    def make(self) -> Edition:
        """Return the edition."""
        article = self._article
        title = article.heading.title or squeeze(self._name.replace("-", " ")).capitalize()
        if not article.heading.title:
            article.doubts.append(Doubt(line=0, message=f'the text has no title; it is called "{title}"'))
        body = self._body()
        parts = split(body)
        documents = [Document(self._name, [])]
        head = [Piece(kind="heading", level=1, words=self._title_words(title)), self._header()]
        if len(parts) > 1:
            parts = [as_document(part, f"{title} ({index})") for index, part in enumerate(parts, 1)]
            documents += [Document(f"{self._name}-{index:02d}", []) for index in range(1, len(parts) + 1)]
        for document, part in zip(documents[-len(parts) :], parts, strict=True):
            document.pieces += [*part, *self._footnotes(part, last=part is parts[-1])]
        documents[0].pieces = [*head, *documents[0].pieces]
        if len(parts) > 1:
            names = "\n".join(document.name for document in documents[1:])
            documents[0].pieces.append(
                Piece(kind="directive", info="toctree", children=(Piece(kind="raw", words=(Words(text=names),)),))
            )
        documents[-1].pieces += [source_piece(note.source) for note in article.notes if note.source is not None]
        return Edition(id=self._name, title=title, documents=documents, images=list(dict.fromkeys(self._images)))

    # -- header ---------------------------------------------------------------------------------------------------

    def _title_words(self, title: str) -> tuple[Words, ...]:
        block = next(
            (
                block
                for block in self._article.blocks
                if block.part == "header" and block.kind == "heading" and block.text() == title
            ),
            None,
        )
        return tuple(self._words(block)) if block is not None and block.runs else (Words(text=title),)

    def _header(self) -> Piece:
        heading = self._article.heading
        kind = (
            "article-newspaper"
            if heading.publication and len(heading.date) == 10
            else "webpage"
            if heading.source_url
            else "article"
        )
        values = {
            "type": kind,
            "author": "; ".join(heading.author),
            "editor": "; ".join(heading.editor),
            "translator": "; ".join(heading.translator),
            "subtitle": heading.subtitle,
            "container-title": heading.publication,
            "issued": heading.date,
            "url": heading.source_url if heading.source_url.startswith(_SCHEMES) else "",
            "language": heading.language,
            "place": "; ".join(heading.region),
            "subjects": "; ".join(heading.themes),
            "rights": heading.copyright,
        }
        options = tuple((name, squeeze(value)) for name, value in values.items() if value)
        return Piece(kind="directive", info="annot:edition", id=self._name, options=options)

    # -- body -----------------------------------------------------------------------------------------------------

    def _body(self) -> list[Piece]:
        pieces: list[Piece] = []
        back: list[Piece] = []
        registered = False
        has_sources = any(note.source is not None for note in self._article.notes)
        blocks = [block for block in self._article.blocks if block.part not in ("header", "gone")]
        for position, block in enumerate(blocks):
            if block.part == "back":
                back += [] if self._drop else self._piece(block, inside=True)
                continue
            if self._is_note_heading(blocks, position):
                self._article.mends.append(Mend(kind="notes-heading", line=block.line, text=block.text()))
                if has_sources and not registered:
                    pieces += _back_matter(back)
                    back, registered = [], True
                    pieces.append(_REGISTER)
                continue
            pieces += _back_matter(back)
            back = []
            pieces += self._piece(block, inside=False)
        if has_sources and not registered:
            pieces.append(_REGISTER)
        return [*pieces, *_back_matter(back)]

    def _is_note_heading(self, blocks: Sequence[Block], position: int) -> bool:
        """Whether the heading of a list of notes has nothing left below it."""
        block = blocks[position]
        if (
            block.kind not in ("heading", "paragraph")
            or len(block.text()) > 80
            or not NOTE_HEADING.match(block.text())
            or not self._article.notes
        ):
            return False
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        return following is None or following.part == "back" or following.kind in ("heading", "rule")

    def _piece(self, block: Block, *, inside: bool) -> list[Piece]:
        if block.quotation is not None and block.part == "body" and block.text().strip(_PUNCTUATION):
            return [self._passage(block)]
        match block.kind:
            case "heading":
                return self._heading(block, inside=inside)
            case "paragraph" | "verse" | "cell":
                words = self._words(block)
                return (
                    [Piece(kind=block.kind, words=tuple(words))]
                    if any(item.text.strip() or item.is_mark or item.image for item in words)
                    else []
                )
            case "code":
                text = "".join(run.text for run in block.runs)
                return [Piece(kind="code", info=block.info, words=(Words(text=text),))] if text.strip() else []
            case "rule":
                return [] if inside else [Piece(kind="rule")]
        children = tuple(piece for child in block.children for piece in self._piece(child, inside=True))
        if not children and block.kind != "row":
            return []
        return [
            Piece(
                kind=block.kind,
                children=children,
                level=block.level,
                info=block.info if block.kind in ("list", "row") else "",
            )
        ]

    def _heading(self, block: Block, *, inside: bool) -> list[Piece]:
        words = tuple(self._words(block))
        if not any(item.text.strip() for item in words):
            return []
        if inside:
            return [Piece(kind="heading", level=6, words=words)]
        level = min(max(2, block.level), self._heading_level + 1)
        self._heading_level = level
        return [Piece(kind="heading", level=level, words=words)]

    def _words(self, block: Block) -> list[Words]:
        return [item for run in block.runs if (item := self._word(run, block.line)) is not None]

    def _word(self, run: Run, line: int) -> Words | None:
        if run.mark >= 0:
            mark = self._article.marks[run.mark]
            if mark.note < 0:
                return Words(text=_as_printed(mark.printed, mark.label))
            source = self._article.notes[mark.note].source
            return Words(cite=(source.key,)) if source is not None else Words(footnote=self._names[mark.note])
        if run.image:
            return self._image(run, line)
        if not run.text:
            return None
        return Words(text=run.text, styles=run.styles - {"strike"}, href=self._address(run, line))

    def _address(self, run: Run, line: int) -> str:
        """Return where a link leads, made absolute; nothing for an address that leads nowhere outside its page."""
        href = run.href.strip()
        if not href or href.startswith(_SCHEMES):
            return href
        base = self._article.heading.source_url
        if href.startswith("//"):
            return f"https:{href}"
        if base.startswith(_SCHEMES) and not re.match(r"^[a-zA-Z][\w+.-]*:", href) and not href.startswith("#"):
            return _resolved(base, href)
        self._article.doubts.append(
            Doubt(
                line=line,
                message=(
                    f'the link "{squeeze(run.text)}" to "{href[:120]}" leads nowhere outside its page and is left out'
                ),
            )
        )
        return ""

    def _image(self, run: Run, line: int) -> Words:
        address = run.image
        remote = f"https:{address}" if address.startswith("//") else address
        base = self._article.heading.source_url
        if not remote.startswith(_SCHEMES) and base.startswith(_SCHEMES):
            remote = _resolved(base, remote)
        if remote.startswith(_SCHEMES):
            self._article.doubts.append(
                Doubt(line=line, message=f'the image "{remote[:160]}" is not fetched; a link stands in its place')
            )
            return Words(text=run.text or "[image]", href=remote)
        self._images.append(address)
        return Words(text=run.text, image=address)

    # -- quotations -------------------------------------------------------------------------------------------------

    def _passage(self, block: Block) -> Piece:
        quotation = block.quotation
        assert quotation is not None  # noqa: S101 - the caller looked
        if quotation.quoted:
            self._article.mends += strip_marks_of_quotation(block)
        source = self._article.notes[quotation.note].source if quotation.note >= 0 else None
        children = list(block.children) or [replace_kind(block)]
        speaker = quotation.speaker
        if children and len(children) > 1 and _is_signature(children[-1]):
            signature = children.pop()
            signed = signature.text().strip().lstrip("-—–― ").rstrip(". ")
            if not set(signed.split()) <= set(speaker.split()):
                # the line itself says more than what was read from it, or from the words before
                speaker = signed
            self._article.mends.append(Mend(kind="attribution", line=signature.line, text=signature.text()))
        elif quotation.epigraph:
            self._article.mends.append(Mend(kind="attribution", line=block.line, text=speaker))
        pieces = [piece for child in children for piece in self._piece(child, inside=True)]
        if source is not None:
            pieces = _without_last_mark(pieces, source.key)
        options: list[tuple[str, str]] = []
        if source is not None:
            options.append(("source", source.key))
        if speaker and not (source is not None and speaker in source.author):
            options.append(("speaker", speaker))
        return Piece(
            kind="directive",
            info="annot:passage",
            id=self._passage_id(block),
            options=tuple(options),
            children=tuple(pieces),
        )

    def _passage_id(self, block: Block) -> str:
        """Return a name for a passage whose words were quoted before; any other names itself."""
        words = " ".join(block.text().casefold().split())
        self._passages[words] += 1
        count = self._passages[words]
        return f"{slug(' '.join(words.split()[:4])) or 'passage'}-{count}" if count > 1 else ""

    # -- notes ------------------------------------------------------------------------------------------------------

    def _footnotes(self, pieces: Iterable[Piece], *, last: bool) -> list[Piece]:
        """Return the footnotes that the marks in ``pieces`` lead to; those without a mark come last."""
        wanted = marked(pieces)
        everywhere = {
            self._names[mark.note]
            for mark in self._article.marks
            if mark.note >= 0 and self._article.notes[mark.note].source is None
        }
        result: list[Piece] = []
        for index, note in enumerate(self._article.notes):
            name = self._names[index]
            if note.source is not None or not (name in wanted or (last and name not in everywhere)):
                continue
            children = [piece for block in note.blocks for piece in self._piece(block, inside=True)]
            result.append(
                Piece(
                    kind="footnote",
                    id=name,
                    children=tuple(children or [Piece(kind="paragraph", words=(Words(text="…"),))]),
                )
            )
        return result


_REGISTER = Piece(kind="directive", info="annot:register", options=(("of", "sources"),))


def _resolved(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # an address that only looks like one
        return ""


def replace_kind(block: Block) -> Block:
    """Return the words of a block as a paragraph without a quotation of its own."""
    return Block(kind="paragraph", runs=block.runs, line=block.line, part=block.part)


def _as_printed(printed: str, label: str) -> str:
    return printed if printed != label else f"[{label}]"


def _is_signature(block: Block) -> bool:
    return bool(re.match(r"^\W*(?:--+|—|–|―)\s*\S", block.text())) and len(block.text().split()) <= 14


def _back_matter(pieces: Sequence[Piece]) -> list[Piece]:
    return [Piece(kind="directive", info="annot:backmatter", children=tuple(pieces))] if pieces else []


def _without_last_mark(pieces: list[Piece], key: str) -> list[Piece]:
    """Drop the mark at the end of a passage: the attribution has it."""
    if not pieces or not pieces[-1].words:
        return pieces
    words = list(pieces[-1].words)
    for index in range(len(words) - 1, -1, -1):
        if words[index].cite == (key,):
            tail = "".join(item.text for item in words[index + 1 :])
            if not tail.strip(" .,;)”\"’'"):
                if index and words[index - 1].text.endswith(" "):
                    words[index - 1] = replace(words[index - 1], text=words[index - 1].text.rstrip())
                del words[index]
                return [*pieces[:-1], replace(pieces[-1], words=tuple(words))]
        elif words[index].text.strip(" .,;)”\"’'"):
            break
    return pieces
