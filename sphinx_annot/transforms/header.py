"""The header of an edition: what it says of itself, and who wrote its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot.language import date, labels
from sphinx_annot.transforms.entries import people, url
from sphinx_annot.transforms.text import with_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docutils.nodes import Node

    from sphinx_annot import nodes as annot
    from sphinx_annot.model.pages import Page
    from sphinx_annot.model.records import DocRecords, Header, Source


def fill_header(node: annot.annot_edition, doc: DocRecords, page: Page, language: str) -> None:
    """Fill the header's block."""
    header = doc.header
    if header is None or node.get("extra"):
        return
    node["ids"] = with_names(page.header_id, node)
    text = labels(language)
    lines = list(_lines(header, page, text, language, doc.title))
    node[0:0] = [nodes.paragraph("", "", *content, classes=[f"annot-{name}"]) for name, content in lines]


def _lines(
    header: Header, page: Page, text: Mapping[str, str], language: str, title: str
) -> Iterable[tuple[str, list[Node]]]:
    source = header.source
    for name, words in (("title", source.title if source.title != title else ""), ("subtitle", source.subtitle)):
        if words:
            yield name, [nodes.Text(words)]
    if source.author:
        yield "author", [nodes.Text(people(source.author, language))]
    if publication := _publication(header, text, language):
        yield "published", publication
    roles = (("editor", source.editor), ("translator", source.translator), ("annotators", page.annotators))
    for name, persons in roles:
        if persons:
            yield name, [nodes.Text(text[name].format(names=people(persons, language)))]
    for name, value in (("place", header.place_name), ("subjects", ", ".join(header.subjects))):
        if value:
            yield name, _labelled(text, name, value)
    if source.rights:
        yield "rights", [nodes.Text(source.rights)]


def _labelled(text: Mapping[str, str], name: str, value: str) -> list[Node]:
    return [nodes.Text(text["labelled"].format(label=text[name], value=value))]


def _publication(header: Header, text: Mapping[str, str], language: str) -> list[Node]:
    source = header.source
    parts: list[Node] = []
    for part in (*_printed(source, text, language), *_found(source, text, language)):
        if parts:
            parts.append(nodes.Text(", "))
        parts.append(part)
    return parts


def _printed(source: Source, text: Mapping[str, str], language: str) -> Iterator[Node]:
    """Yield where and when a work came out."""
    if source.container_title:
        yield nodes.emphasis("", source.container_title)
    if source.volume:
        yield nodes.Text(text["volume"].format(volume=source.volume))
    if source.issue:
        yield nodes.Text(text["issue"].format(issue=source.issue))
    if publisher := ": ".join(part for part in (source.publisher_place, source.publisher) if part):
        yield nodes.Text(publisher)
    if source.issued:
        yield nodes.Text(date(source.issued, language))
    if source.original_date:
        yield nodes.Text(text["first_published"].format(date=date(source.original_date, language)))


def _found(source: Source, text: Mapping[str, str], language: str) -> Iterator[Node]:
    """Yield where a work is found."""
    if source.page:
        yield nodes.Text(text["pages" if "-" in source.page else "page"].format(page=source.page, pages=source.page))
    if source.edition:
        yield nodes.Text(text["edition"].format(edition=source.edition))
    if source.isbn:
        yield nodes.Text(f"ISBN {source.isbn}")
    if source.doi:
        yield url(f"https://doi.org/{source.doi}", text["doi"].format(doi=source.doi))
    if source.url:
        yield url(source.url)
    if source.archive_url:
        when = source.archive_date and date(source.archive_date, language)
        yield url(source.archive_url, text["archived"].format(date=when) if when else text["archived_copy"])
