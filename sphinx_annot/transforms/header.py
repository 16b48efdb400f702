"""The header of an edition: what it says of itself, and who wrote its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot.language import date, labels, names
from sphinx_annot.transforms.entries import url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docutils.nodes import Node

    from sphinx_annot import nodes as annot
    from sphinx_annot.model.pages import Page
    from sphinx_annot.model.records import DocRecords, Header


def fill_header(node: annot.annot_edition, doc: DocRecords, page: Page, language: str) -> None:
    """Fill the header's block."""
    header = doc.header
    if header is None or node.get("extra"):
        return
    node["ids"] = [f"edition-{header.id}"]
    text = labels(language)
    lines = list(_lines(header, page, text, language, doc.title))
    node[0:0] = [nodes.paragraph("", "", *content, classes=[f"annot-{name}"]) for name, content in lines]


def _lines(
    header: Header, page: Page, text: Mapping[str, str], language: str, title: str
) -> Iterable[tuple[str, list[Node]]]:
    source = header.source
    if source.title and source.title != title:
        yield "title", [nodes.Text(source.title)]
    if source.subtitle:
        yield "subtitle", [nodes.Text(source.subtitle)]
    if source.author:
        yield "author", [nodes.Text(names(source.author, language))]
    if publication := _publication(header, text, language):
        yield "published", publication
    for name, people in (("editor", source.editor), ("translator", source.translator)):
        if people:
            yield name, [nodes.Text(text[name].format(names=names(people, language)))]
    if page.annotators:
        yield "annotators", [nodes.Text(text["annotators"].format(names=names(page.annotators, language)))]
    if header.place_name:
        yield "place", _labelled(text, "place", header.place_name)
    if header.subjects:
        yield "subjects", _labelled(text, "subjects", ", ".join(header.subjects))
    if source.rights:
        yield "rights", [nodes.Text(source.rights)]


def _labelled(text: Mapping[str, str], name: str, value: str) -> list[Node]:
    return [nodes.Text(text["labelled"].format(label=text[name], value=value))]


def _publication(header: Header, text: Mapping[str, str], language: str) -> list[Node]:
    source = header.source
    parts: list[Node] = []

    def add(*content: Node) -> None:
        if parts:
            parts.append(nodes.Text(", "))
        parts.extend(content)

    if source.container_title:
        add(nodes.emphasis("", source.container_title))
    if source.volume:
        add(nodes.Text(text["volume"].format(volume=source.volume)))
    if source.issue:
        add(nodes.Text(text["issue"].format(issue=source.issue)))
    if publisher := ": ".join(part for part in (source.publisher_place, source.publisher) if part):
        add(nodes.Text(publisher))
    if source.issued:
        add(nodes.Text(date(source.issued, language)))
    if source.original_date:
        add(nodes.Text(text["first_published"].format(date=date(source.original_date, language))))
    if source.page:
        add(nodes.Text(text["pages" if "-" in source.page else "page"].format(page=source.page, pages=source.page)))
    if source.edition:
        add(nodes.Text(text["edition"].format(edition=source.edition)))
    if source.isbn:
        add(nodes.Text(f"ISBN {source.isbn}"))
    if source.doi:
        add(url(f"https://doi.org/{source.doi}", text["doi"].format(doi=source.doi)))
    if source.url:
        add(url(source.url))
    if source.archive_url:
        when = source.archive_date and date(source.archive_date, language)
        add(url(source.archive_url, text["archived"].format(date=when) if when else text["archived_copy"]))
    return parts
