"""What a reader can do on a page: cite a paragraph, switch kinds and layers of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.transforms.fragments import is_boundary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from docutils.nodes import Element

    Labels = Mapping[str, str]


def number_paragraphs(root: Element, suffix: str, text: Labels) -> int:
    """Number the paragraphs and passages of a text, each with an id and a link to itself; return how many there are.

    ``suffix`` tells documents apart that stand on one page.
    """
    blocks = list(_blocks(root))
    for number, block in enumerate(blocks, 1):
        link = annot.annot_pnum("", n=str(number))
        if isinstance(block, annot.annot_passage):
            link["refid"], link["name"] = block["ids"][0], text["passage"].format(n=number)
            texts = (item for item in block.findall(nodes.TextElement) if not isinstance(item, nodes.Inline))
            first = cast("Element", next(texts, block))
        else:
            link["refid"], link["name"] = f"para-{number}{suffix}", text["paragraph"].format(n=number)
            block["ids"].insert(0, link["refid"])
            first = block
        first.insert(0, link)
    return len(blocks)


def _blocks(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and passages that are the author's running text."""
    for child in parent.children:
        if is_boundary(child):
            continue
        if isinstance(child, annot.annot_passage) or type(child) is nodes.paragraph:
            yield cast("Element", child)
        elif isinstance(child, nodes.section | nodes.block_quote | annot.annot_body) or type(child) is nodes.container:
            yield from _blocks(cast("Element", child))


def controls(
    notes: Iterable[annot.annot_note],
    kind_title: Callable[[str], str],
    series_title: Callable[[str], str],
    layer_title: Callable[[str], str],
    text: Labels,
) -> annot.annot_controls | None:
    """Return the switches for what these notes differ in: kind, series, layer; None if there is nothing to choose.

    A series has a switch of its own where its notes have no kind to switch them by.
    """
    found: dict[str, dict[str, str]] = {"kind": {}, "series": {}, "layer": {}}
    for note in notes:
        kind, series, layer = note.get("kind"), note["series"], note.get("layer")
        if kind:
            found["kind"][kind] = kind_title(kind)
        elif series == "footnotes":
            found["series"][series] = text["footnotes"]
        elif series != "notes":
            found["series"][series] = series_title(series)
        if layer:
            found["layer"][layer] = layer_title(layer)
    switches = [
        (what, name, title or name, f"{what}:{quote(name, safe='/')}")
        for what, names in found.items()
        for name, title in names.items()
    ]
    if not switches:
        return None
    return annot.annot_controls("", switches=switches, title=text["show_notes"])
