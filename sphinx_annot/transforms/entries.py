"""A source written out: author, title, where and when it came out, address, archived copy."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes

from sphinx_annot.language import date, labels, names
from sphinx_annot.model.values import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node

    from sphinx_annot.model.records import Source

_STOPS = (".", "!", "?", "…", "。", "؟", ":")
_ITALIC = frozenset(
    "book thesis report collection broadcast motion_picture song musical_score map software periodical".split()
)


def entry(source: Source, language: str) -> list[Node]:
    """Return the words of an entry; a field that is empty leaves no punctuation behind."""
    text = labels(language)
    sentences: list[list[Node]] = [
        _words(_people(source.author, language)),
        _title(source),
        _words(_contributors(source, language)),
        _publication(source, language),
    ]
    if source.rights:
        sentences.append(_words(source.rights))
    link = _address(source)
    if source.accessed and link:
        link = [*link, nodes.Text(f" ({text['accessed'].format(date=date(source.accessed, language))})")]
    out: list[Node] = []
    for sentence in sentences:
        _append(out, sentence, stop=True)
    _append(out, link)
    _append(out, _doi(source, text["doi"]))
    _append(out, _archive(source, language), stop=True)
    return _joined(out) or _words(source.key)


def _joined(words: list[Node]) -> list[Node]:
    """Make one text of those side by side: each costs a visit."""
    out: list[Node] = []
    for word in words:
        if out and isinstance(word, nodes.Text) and isinstance(out[-1], nodes.Text):
            out[-1] = nodes.Text(out[-1] + word)
        else:
            out.append(word)
    return out


def url(address: str, words: str = "") -> Node:
    """Return a link, or the bare words where the address may not become one."""
    if not is_address(address):
        return nodes.Text(words or address)
    return nodes.reference("", words or address, refuri=address, classes=["annot-url"])


def _append(out: list[Node], sentence: Iterable[Node], *, stop: bool = False) -> None:
    sentence = list(sentence)
    if not sentence:
        return
    if out:
        out.append(nodes.Text(" "))
    out.extend(sentence)
    if stop and not sentence[-1].astext().rstrip("\"'”’»)").endswith(_STOPS):
        out.append(nodes.Text("."))


def _words(text: str) -> list[Node]:
    return [nodes.Text(text)] if text else []


def _people(people: tuple[str, ...], language: str) -> str:
    return names(people, language) if people else ""


def _title(source: Source) -> list[Node]:
    title = source.title
    if source.subtitle:
        title += ("" if title.endswith(_STOPS) else ":") + f" {source.subtitle}"
    if not title:
        return []
    return [nodes.emphasis("", title)] if source.type in _ITALIC else _words(title)


def _contributors(source: Source, language: str) -> str:
    text = labels(language)
    parts = []
    if source.editor:
        parts.append(text["edited_by"].format(names=_people(source.editor, language)))
    if source.translator:
        parts.append(text["translated_by"].format(names=_people(source.translator, language)))
    joined = ", ".join(parts)
    return joined[:1].upper() + joined[1:]


def _publication(source: Source, language: str) -> list[Node]:
    """Return container, edition, volume, publisher, date and pages, with commas between."""
    text = labels(language)
    parts: list[Node] = []
    if source.container_title:
        parts.append(nodes.emphasis("", source.container_title))
    place = ": ".join(part for part in (source.publisher_place, source.publisher) if part)
    details = [
        source.edition and (text["edition"].format(edition=source.edition) if _bare(source.edition) else source.edition),
        source.volume and text["volume"].format(volume=source.volume),
        source.issue and text["issue"].format(issue=source.issue),
        place,
        source.issued and date(source.issued, language),
        source.original_date and text["first_published"].format(date=date(source.original_date, language)),
        source.page and _pages(source.page, language),
        source.isbn and f"ISBN {source.isbn}",
    ]
    for detail in filter(None, details):
        if parts:
            parts.append(nodes.Text(", "))
        parts.append(nodes.Text(detail))
    if parts and isinstance(parts[0], nodes.Text):
        parts[0] = nodes.Text(parts[0][:1].upper() + parts[0][1:])
    return parts


def _bare(edition: str) -> bool:
    return edition.isdecimal()


def _pages(page: str, language: str) -> str:
    text = labels(language)
    pages = page.replace("--", "–").replace("-", "–")
    return text["pages"].format(pages=pages) if "–" in pages or "," in pages else text["page"].format(page=pages)


def _address(source: Source) -> list[Node]:
    return [url(source.url)] if source.url else []


def _doi(source: Source, label: str) -> list[Node]:
    if not source.doi:
        return []
    return [url(f"https://doi.org/{quote(source.doi, safe='/:;()._-')}", label.format(doi=source.doi))]


def _archive(source: Source, language: str) -> list[Node]:
    text = labels(language)
    if not source.archive_url and not source.archive_date:
        return []
    when = source.archive_date and date(source.archive_date, language)
    words = text["archived"].format(date=when) if when else text["archived_copy"]
    words = words[:1].upper() + words[1:]
    return [url(source.archive_url, words)] if source.archive_url else _words(words)
