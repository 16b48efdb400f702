"""For formats that know nothing of us: marks become plain references, notes labelled lists, passages quotations."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.language import labels
from sphinx_annot.transforms.fragments import is_boundary
from sphinx_annot.transforms.text import put

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils.nodes import Element, Node

_OURS = annot.__name__
#: What stands for a node of ours and keeps its children.
_PLAIN: dict[type[Element], type[Element]] = {
    annot.annot_attribution: nodes.attribution,
    annot.annot_backmatter: nodes.container,
    annot.annot_edition: nodes.container,
    annot.annot_entry: nodes.paragraph,
    annot.annot_heading: nodes.rubric,
    annot.annot_item: nodes.list_item,
    annot.annot_list: nodes.container,
    annot.annot_markline: nodes.paragraph,
    annot.annot_note: nodes.container,
    annot.annot_passage: nodes.block_quote,
}


def lower(tree: nodes.document, language: str, titles: Mapping[str, str]) -> None:
    """Replace every node of ours by nodes that all writers have; ``titles`` are those of the series of notes."""
    notes = [node for node in tree.findall(annot.annot_note) if "label" in node]
    _end_notes(notes, {**labels(language), **titles})
    for node in list(tree.findall(nodes.Element)):
        if type(node).__module__ == _OURS and node.parent is not None:
            _replace(node)
    for dead in list(tree.findall(_is_dead)):
        put(dead, *dead.children)


def _is_dead(node: Node) -> bool:
    return isinstance(node, nodes.reference) and not ("refid" in node or "refuri" in node)


def label_in_text(series: str, label: str) -> str:
    """Return a label as plain text shows it: in brackets, for it cannot be raised."""
    return label if series == "sources" else f"({label})"


def _end_notes(notes: Sequence[annot.annot_note], titles: Mapping[str, str]) -> None:
    """Gather the notes of each document at its end, a list for each series and for those without a place."""
    by_document: dict[int, tuple[Element, list[annot.annot_note]]] = {}
    for note in notes:
        root = _document_of(note)
        by_document.setdefault(id(root), (root, []))[1].append(note)
    for root, found in by_document.values():
        body = _body(root)
        lists: list[Node] = []
        order = {name: number for number, name in enumerate(dict.fromkeys(_list_name(note) for note in found))}
        found.sort(key=lambda note: (order[_list_name(note)], note["rank"]))
        for name, group in groupby(found, key=_list_name):
            lists.append(nodes.rubric("", titles.get(name) or name))
            lists.append(nodes.definition_list("", *[_lowered_note(note) for note in group]))
        for node in list(body.findall(annot.annot_list)):
            if node["what"] in {"notes", "footnotes", "orphans"} and "own" not in node:
                node.parent.remove(node)
        sources = next(
            (
                n
                for n, child in enumerate(body.children)
                if isinstance(child, annot.annot_list) and child["what"] == "sources"
            ),
            None,
        )
        at = sources if sources is not None else _end(body)
        body[at:at] = lists


def _list_name(note: Element) -> str:
    return "orphans" if note["state"] == "orphan" else cast("str", note["series"])


def _document_of(node: Node) -> Element:
    at = node
    while at.parent is not None and not is_boundary(at):
        at = at.parent
    return cast("Element", at)


def _body(root: Element) -> Element:
    sections = [child for child in root.children if isinstance(child, nodes.section)]
    return sections[0] if len(sections) == 1 else root


def _end(body: Element) -> int:
    for number, child in enumerate(body.children):
        if isinstance(child, nodes.Element) and next(child.findall(is_boundary), None) is not None:
            return number
    return len(body.children)


def _lowered_note(note: annot.annot_note) -> nodes.definition_list_item:
    if note.parent is not None:
        note.parent.remove(note)
    term = nodes.term("", label_in_text(note["series"], note["label"]), ids=note["ids"])
    if note["state"] == "orphan" and note["words"]:
        term += nodes.Text(f" {note['words']}]")
    if note["kind_title"]:
        term += nodes.Text(f" {note['kind_title']}.")
    body = list(note.children)
    if note["by"]:
        if not (body and isinstance(body[-1], nodes.paragraph)):
            body.append(nodes.paragraph())
        last = cast("Element", body[-1])
        last += nodes.Text(f" — {note['by']}" if last.children else f"— {note['by']}")
    return nodes.definition_list_item("", term, nodes.definition("", *body))


def _replace(node: Element) -> None:
    match node:
        case annot.annot_mark():
            _mark(node)
        case annot.annot_cited():
            put(node, _cited(node))
        case annot.annot_items():
            _items(node)
        case annot.annot_generated() if "annot-by" in node["classes"]:
            # a signature, whose dash a stylesheet or macro adds elsewhere
            put(node, nodes.Text("— "), *node.children)
        case _ if type(node) in _PLAIN:
            _swap(node, _PLAIN[type(node)])
        case _:
            put(node, *node.children)


def _swap(node: Element, kind: type[Element]) -> None:
    made = kind()
    made.extend(node.children)
    made["ids"], made["names"], made["classes"] = node["ids"], node["names"], node["classes"]
    made.source, made.line = node.source, node.line
    put(node, made)


def _mark(node: Element) -> None:
    words = label_in_text(node["series"], node.astext())
    if "refid" in node or "refuri" in node:
        made: Element = nodes.reference("", words, internal=True)
        for name in ("refid", "refuri"):
            if name in node:
                made[name] = node[name]
    else:
        made = nodes.inline("", words)
    made["ids"] = node["ids"]
    put(node, made)


def _cited(node: Element) -> Element:
    """Return the lines of a source's marks on other pages."""
    made = nodes.bullet_list()
    for address, title, words in node["lines"]:
        link = nodes.reference("", title, internal=True, **address)
        made += nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(f": {words}" if words else "")))
    return made


def _items(node: Element) -> None:
    """Turn a list whose items have labels into a definition list, any other into bullets."""
    items = [child for child in node.children if isinstance(child, annot.annot_item)]
    if not any(item.get("label") for item in items):
        _swap(node, nodes.bullet_list)
        return
    made = nodes.definition_list()
    for item in items:
        label = item["label"]
        words = f"({label})" if item.get("note") else f"[{label}]"
        term = nodes.term("", words, ids=item["ids"])
        made += nodes.definition_list_item("", term, nodes.definition("", *item.children))
        item.parent = None
    put(node, made)
