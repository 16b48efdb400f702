"""Mark words that run against their paragraph, for TeX, which does not look at letters for that."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, cast
from unicodedata import bidirectional

from docutils import nodes

from sphinx_annot import nodes as annot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, Node

_LEFT_TO_RIGHT = frozenset({"L"})
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
#: Numbers run from left to right in either script; between words of a script they are part of its run.
_NUMBERS = frozenset({"EN", "AN"})
#: What has a direction of its own inside a passage.
_APART = (annot.annot_mark, annot.annot_group, annot.annot_note, nodes.footnote, nodes.attribution)


def show_directions(document: nodes.document) -> None:
    """Wrap them in macros, in passages from right to left and in entries of sources in such a language."""
    for node in list(document.findall(annot.annot_passage)):
        if node.get("dir") == "rtl":
            for text in list(_texts(node)):
                _wrap(text, _LEFT_TO_RIGHT | _NUMBERS, "annotltr")
    for item in list(document.findall(annot.annot_item)):
        if item.get("dir") == "rtl":
            for text in list(item.findall(nodes.Text)):
                _wrap(text, _RIGHT_TO_LEFT, "annotrtl")


def _texts(node: Element) -> Iterator[nodes.Text]:
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child
        elif not isinstance(child, _APART):
            yield from _texts(cast("Element", child))


def _parts(words: str, wrapped: frozenset[str]) -> list[tuple[bool, str]]:
    """Cut words into runs, each with whether it is in a direction to be wrapped; what has none belongs to none."""
    strong = [
        (number, kind in wrapped)
        for number, kind in enumerate(map(bidirectional, words))
        if kind in _LEFT_TO_RIGHT | _RIGHT_TO_LEFT | wrapped
    ]
    parts: list[tuple[bool, str]] = []
    at = 0
    for inside, group in groupby(strong, key=itemgetter(1)):
        found = list(group)
        if inside:
            start, end = found[0][0], found[-1][0] + 1
            parts += [(False, words[at:start]), (True, words[start:end])]
            at = end
    return [*parts, (False, words[at:])]


def _wrap(text: nodes.Text, wrapped: frozenset[str], macro: str) -> None:
    pieces: list[Node] = []
    for inside, words in _parts(str(text), wrapped):
        if inside:
            pieces += [
                nodes.raw("", rf"\{macro}{{", format="latex"),
                nodes.Text(words),
                nodes.raw("", "}", format="latex"),
            ]
        elif words:
            pieces.append(nodes.Text(words))
    if len(pieces) > 1:
        siblings = text.parent.children
        index = next(number for number, sibling in enumerate(siblings) if sibling is text)
        text.parent[index : index + 1] = pieces
