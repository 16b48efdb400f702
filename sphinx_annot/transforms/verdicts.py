"""The verdicts on quotations, where a project shows them: a badge in the text, the words of the source on demand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_annot import nodes as annot
from sphinx_annot.language import direction, labels, quotation_marks
from sphinx_annot.model.values import first_words
from sphinx_annot.transforms.text import position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils.nodes import Element

    from sphinx_annot.domain import AnnotDomain
    from sphinx_annot.model.quotations import Checked

_CHANGE = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)
_SIGNS = {"unchecked": "?", "mismatch": "≠", "missing": "≠"}
_WORDS = 50


class Verdicts:
    """Puts the verdicts on the page of one document.

    ``behind`` says behind which block something about a node stands, or nothing for a node that hangs nowhere.
    """

    def __init__(
        self, domain: AnnotDomain, language: str, suffix: str, behind: Callable[[Element], Element | None]
    ) -> None:
        self.checked = domain.check.by_name
        self.text, self.marks = labels(language), quotation_marks(language)
        self.suffix = suffix
        self.behind = behind
        self.last: dict[int, Element] = {}
        self.count = 0

    def passage(self, node: Element, docname: str) -> None:
        """Put the verdict on a passage below its attribution."""
        item = self._item(node, docname)
        attribution = node.children[-1] if node.children else None
        if item is not None and isinstance(attribution, annot.annot_attribution):
            attribution += self._verdict(item)

    def quote(self, node: Element, docname: str) -> None:
        """Put a badge behind a quote and its mark, and the verdict behind the block."""
        item = self._item(node, docname)
        block = self.behind(node)
        if item is None or block is None:
            return
        verdict = self._verdict(item)
        verdict["about"] = f"{self.marks.opening}{first_words(item.quotation.words, _WORDS)}{self.marks.closing}"
        parent, index = node.parent, position(node)
        near = list(enumerate(parent.children[index + 1 : index + 3], index + 1))
        marks = [number for number, child in near if isinstance(child, annot.annot_mark | annot.annot_group)]
        badge = annot.annot_badge("", refid=verdict["ids"][0], sign=verdict["sign"], verdict=verdict["verdict"])
        badge["name"] = verdict["label"]
        parent.insert((marks[0] if marks else index) + 1, badge)
        if isinstance(block, annot.annot_note):
            block += verdict
            return
        # several stand in the order of their quotes
        before = self.last.get(id(block), block)
        place = position(before) + 1
        siblings = block.parent.children
        while place < len(siblings) and isinstance(siblings[place], annot.annot_markline):
            place += 1
        block.parent.insert(place, verdict)
        self.last[id(block)] = verdict

    def label(self, kind: str) -> str:
        """Return what a verdict is called."""
        return self.text[f"verdict_{kind}"]

    def _item(self, node: Element, docname: str) -> Checked | None:
        name = (docname, node.get("source_key", ""), node.get("locator", ""), node.get("words", ""))
        item = self.checked.get(name)
        return item if item is not None and item.quotation.key else None

    def _verdict(self, item: Checked) -> annot.annot_verdict:
        self.count += 1
        quotation, verdict = item.quotation, item.verdict
        node = annot.annot_verdict("", verdict=str(verdict.kind), label=self.label(verdict.kind), about="")
        node["ids"] = [f"annot-verdict-{self.count}{self.suffix}"]
        node["sign"] = _SIGNS.get(verdict.kind, "✓")
        node["reason"] = quotation.unchecked
        node["parts"] = list(_parts(item))
        node["omitted"] = self.text["verdict_omitted"]
        if verdict.snapshot and not quotation.edition and verdict.line:
            node["place"] = self.text["verdict_line"].format(name=verdict.snapshot, n=verdict.line)
        node["lang"], node["dir"] = quotation.language, direction(quotation.language)
        return node


def _parts(item: Checked) -> Iterator[tuple[str, str]]:
    """Yield the words of the source: around the quotation, or where they differ from it."""
    if item.excerpt is not None:
        yield from item.excerpt.parts
        return
    near, at = item.verdict.near, 0
    for match in _CHANGE.finditer(near):
        yield "same", near[at : match.start()]
        yield ("quoted_only", match[1]) if match[1] is not None else ("source_only", match[2])
        at = match.end()
    yield "same", near[at:]
