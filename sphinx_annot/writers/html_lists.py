"""HTML and EPUB: visitors for the lists of sources, notes and passages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sphinx_annot import nodes as annot
from sphinx_annot.writers.tags import epub, href, language, tag, ways_back

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.writers.html5 import HTML5Translator

_LIST_CLASSES = {
    "sources": "annot-sources",
    "commentary": "annot-register annot-commentary no-search",
    "notes": "annot-endnotes",
    "footnotes": "annot-endnotes",
    "orphans": "annot-orphans",
    "passages": "annot-register annot-passages",
}


def visit_list(self: HTML5Translator, node: Element) -> None:
    what = node["what"]
    register_of_notes = what == "notes" and "own" in node
    classes = "annot-register annot-commentary no-search" if register_of_notes else _LIST_CLASSES[what]
    sources = what == "sources"
    self.body.append(
        tag(
            node,
            "section",
            "\n",
            CLASS=classes,
            role="doc-bibliography" if sources else None,
            aria_label=node["title"],
            extra=epub(self, "bibliography") if sources else {},
        )
    )


def depart_list(self: HTML5Translator, _node: Element) -> None:
    self.body.append("</section>\n")


def visit_heading(self: HTML5Translator, node: Element) -> None:
    level = min(self.section_level + 1, 6)
    self.body.append(tag(node, f"h{level}", "", CLASS="annot-heading", data_annot_generated=True))


def depart_heading(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append(f"</h{min(self.section_level + 1, 6)}>\n")


def visit_items(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "ol", "\n"))


def depart_items(self: HTML5Translator, _node: Element) -> None:
    self.body.append("</ol>\n")


def visit_item(self: HTML5Translator, node: Element) -> None:
    self.body.append(
        tag(node, "li", "", data_annot_kind=node.get("kind"), data_annot_series=node.get("series"),
             extra=language(node))
    )  # fmt: skip
    if node.get("label"):
        label = self.encode(node["label"])
        what, shown = ("annot-note-mark", label) if node.get("note") else ("annot-number", f"[{label}]")
        self.body.append(f'<span class="{what}" data-annot-generated="">{shown}</span> ')


def depart_item(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append("</li>\n")


def visit_entry(self: HTML5Translator, _node: Element) -> None:
    self.body.append("<p>")


def depart_entry(self: HTML5Translator, node: Element) -> None:
    self.body.extend(ways_back(node))
    self.body.append("</p>")


def visit_cited(self: HTML5Translator, node: Element) -> None:
    # the words are found where they stand
    classes = "annot-cited no-search"
    self.body.append(tag(node, "ul", "\n", CLASS=classes, aria_label=node["name"], data_annot_generated=True))
    for way, title, words in node["lines"]:
        link = f' href="{escape(href(way))}"' if way else ""
        self.body.append(
            f'<li><p><a{link} role="doc-backlink" data-annot-generated="">'
            f"{self.encode(title)}</a>{self.encode(f': {words}' if words else '')}</p></li>\n"
        )


def depart_cited(self: HTML5Translator, _node: Element) -> None:
    self.body.append("</ul>\n")


VISITORS = {
    annot.annot_entry: (visit_entry, depart_entry),
    annot.annot_cited: (visit_cited, depart_cited),
    annot.annot_list: (visit_list, depart_list),
    annot.annot_heading: (visit_heading, depart_heading),
    annot.annot_items: (visit_items, depart_items),
    annot.annot_item: (visit_item, depart_item),
}
