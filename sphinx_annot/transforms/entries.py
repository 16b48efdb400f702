"""A source written out: author, title, where and when it came out, address, archived copy."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from docutils import nodes

from sphinx_annot.language import date, labels, names
from sphinx_annot.model.values import TITLED_TYPES, is_address, printed_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docutils.nodes import Node

    from sphinx_annot.model.records import Source

_STOPS = (".", "!", "?", "…", "。", "؟", ":")

#: A piece of an entry: its words, and whether they are emphasised or lead somewhere.
_Piece: TypeAlias = "tuple[str, str, str]"
_TEXT, _TITLE, _LINK = "text", "title", "link"


def entry(source: Source, language: str) -> list[Node]:
    """Return the words of an entry; a field that is empty leaves no punctuation behind."""
    return [_node(*piece) for piece in _pieces(source, language)]


def url(address: str, words: str = "") -> Node:
    """Return a link, or the bare words where the address may not become one."""
    if not is_address(address):
        return nodes.Text(words or address)
    return _node(_LINK, words or address, address)


def people(persons: Sequence[str], language: str) -> str:
    """Return the names of persons as one list, each as it is printed."""
    return names([printed_name(name) for name in persons], language) if persons else ""


def _node(what: str, words: str, address: str) -> Node:
    if what == _LINK:
        # on paper the address is added to a link that does not show it
        classes = ["annot-url", "annot-address"] if words == address else ["annot-url"]
        return nodes.reference("", words, refuri=address, classes=classes)
    return nodes.emphasis("", words) if what == _TITLE else nodes.Text(words)


@lru_cache(maxsize=8192)
def _pieces(source: Source, language: str) -> tuple[_Piece, ...]:
    """Write an entry out; one that many pages list is written once."""
    text = labels(language)
    link = _url(source.url)
    if source.accessed and link:
        link = [*link, *_words(f" ({text['accessed'].format(date=date(source.accessed, language))})")]
    out: list[_Piece] = []
    for sentence in (
        _words(people(source.author, language)),
        _title(source),
        _words(_contributors(source, language)),
        _publication(source, language),
        _words(source.rights),
    ):
        _append(out, sentence, stop=True)
    _append(out, link)
    _append(out, _doi(source, text["doi"]))
    _append(out, _archive(source, language), stop=True)
    return tuple(_joined(out or _words(source.key)))


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    for what, group in groupby(pieces, key=itemgetter(0)):
        if what == _TEXT:
            yield _TEXT, "".join(words for _, words, _ in group), ""
        else:
            yield from group


def _url(address: str, words: str = "") -> list[_Piece]:
    if not address:
        return []
    return [(_LINK if is_address(address) else _TEXT, words or address, address)]


def _append(out: list[_Piece], sentence: Sequence[_Piece], *, stop: bool = False) -> None:
    if not sentence:
        return
    if out:
        out += _words(" ")
    out += sentence
    if stop and not sentence[-1][1].rstrip("\"'”’»)").endswith(_STOPS):
        out += _words(".")


def _words(text: str) -> list[_Piece]:
    return [(_TEXT, text, "")] if text else []


def _title(source: Source) -> list[_Piece]:
    title = source.title
    if source.subtitle:
        title += ("" if title.endswith(_STOPS) else ":") + f" {source.subtitle}"
    if not title:
        return []
    return [(_TITLE, title, "")] if source.type in TITLED_TYPES else _words(title)


def _contributors(source: Source, language: str) -> str:
    text = labels(language)
    parts = []
    if source.editor:
        parts.append(text["edited_by"].format(names=people(source.editor, language)))
    if source.translator:
        parts.append(text["translated_by"].format(names=people(source.translator, language)))
    joined = ", ".join(parts)
    return joined[:1].upper() + joined[1:]


def _publication(source: Source, language: str) -> list[_Piece]:
    """Return container, edition, volume, publisher, date and pages, with commas between."""
    text = labels(language)
    parts: list[_Piece] = []
    if source.container_title:
        parts.append((_TITLE, source.container_title, ""))
    place = ": ".join(part for part in (source.publisher_place, source.publisher) if part)
    details = [
        source.edition
        and (text["edition"].format(edition=source.edition) if _bare(source.edition) else source.edition),
        source.volume and text["volume"].format(volume=source.volume),
        source.issue and text["issue"].format(issue=source.issue),
        place,
        source.issued and date(source.issued, language),
        source.original_date and text["first_published"].format(date=date(source.original_date, language)),
        source.page and _pages(source.page, language),
        source.isbn and f"ISBN {source.isbn}",
    ]
    for detail in filter(None, details):
        parts += _words(f", {detail}" if parts else detail[:1].upper() + detail[1:])
    return parts


def _bare(edition: str) -> bool:
    return edition.isdecimal()


def _pages(page: str, language: str) -> str:
    text = labels(language)
    pages = page.replace("--", "–").replace("-", "–")
    return text["pages"].format(pages=pages) if "–" in pages or "," in pages else text["page"].format(page=pages)


def _doi(source: Source, label: str) -> list[_Piece]:
    if not source.doi:
        return []
    return _url(f"https://doi.org/{quote(source.doi, safe='/:;()._-')}", label.format(doi=source.doi))


def _archive(source: Source, language: str) -> list[_Piece]:
    text = labels(language)
    if not source.archive_url and not source.archive_date:
        return []
    when = source.archive_date and date(source.archive_date, language)
    words = text["archived"].format(date=when) if when else text["archived_copy"]
    words = words[:1].upper() + words[1:]
    return _url(source.archive_url, words) if source.archive_url else _words(words)
