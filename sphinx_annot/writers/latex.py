"""LaTeX: visitors for our nodes. The macros are in ``latex/sphinxannot.sty``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from docutils import nodes

from sphinx_annot import nodes as annot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils.nodes import Element
    from sphinx.writers.latex import LaTeXTranslator

    Visitor: TypeAlias = Callable[[LaTeXTranslator, Element], None]

_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_CR = "\n"
_GENERATED = {"annot-kind": r"\annotkind", "annot-by": r"\annotby"}


def visit_plain(self: LaTeXTranslator, node: Element) -> None:
    """Print the children alone."""


def _target(self: LaTeXTranslator, node: Element | dict[str, str]) -> str:
    """Return the name of the label that a node leads to; nothing if that is in no text of this book."""
    if "refid" in node:
        return self.idescape(f"{self.curfilestack[-1]}:{node['refid']}")
    uri = str(node.get("refuri", ""))
    if not uri.startswith("%"):
        return ""
    document, _, name = uri[1:].partition("#")
    return self.idescape(f"{document}:{name or ':doc'}")


def _labels(self: LaTeXTranslator, node: Element) -> str:
    return self.hypertarget_to(node, anchor=True) if node["ids"] else ""


def _language(node: Element) -> str:
    """Return the language by which words are hyphenated."""
    return _UNSAFE.sub("", str(node.get("lang", "")).replace("_", "-").partition("-")[0].lower())


def _series(node: Element) -> str:
    return _UNSAFE.sub("-", node["series"])


# marks


def _follows_mark(node: Element) -> bool:
    siblings = node.parent.children
    before = siblings[siblings.index(node) - 1] if siblings.index(node) else None
    return isinstance(before, annot.annot_mark) and before["what"] != "cite"


def _print_held(self: LaTeXTranslator, node: Element) -> None:
    """Name a mark that has been announced, where the heading it stands in may change its letters."""
    if "held" in node:
        self.body.append(rf"\annotheld{{{node['held']}}}")
        raise nodes.SkipNode


def visit_mark(self: LaTeXTranslator, node: Element) -> None:
    _print_held(self, node)
    self.body.append(_labels(self, node))
    target = _target(self, node)
    if node["what"] == "cite":
        self.body.append(rf"\annotcite{{{target}}}{{")
        return
    if _follows_mark(node):
        self.body.append(r"\annotmarksep{}")
    self.body.append(rf"\annotmark{{{_series(node)}}}{{{self.encode(node.astext())}}}{{{target}}}")
    raise nodes.SkipNode


def visit_group(self: LaTeXTranslator, node: Element) -> None:
    _print_held(self, node)
    self.body.append(r"\annotgroup{")


def depart_brace(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append("}")


def visit_generated(self: LaTeXTranslator, node: Element) -> None:
    if "hold" in node:
        self.body.append(rf"\annothold{{{node['hold']}}}{{")
        return
    macro = next((macro for name, macro in _GENERATED.items() if name in node["classes"]), "")
    self.body.append(rf"{macro}{{")


def visit_markline(self: LaTeXTranslator, node: Element) -> None:
    if node.get("title"):
        self.body.append(rf"{_CR}\begin{{annottitle}}")
    elif not node.get("held"):
        self.body.append(rf"{_CR}{_CR}\noindent{_CR}")


def depart_markline(self: LaTeXTranslator, node: Element) -> None:
    self.body.append(rf"\end{{annottitle}}{_CR}" if node.get("title") else f"{_CR}{_CR}")


# notes


def visit_note(self: LaTeXTranslator, node: Element) -> None:
    if "label" not in node:
        return
    foot = node.get("foot", False)
    back = next((_target(self, way) for way, *_ in node["ways"]), "")
    arguments = (_series(node), self.encode(node["label"]), back, _labels(self, node), _lead(self, node))
    self.body.append(rf"%{_CR}\begin{{{_environment(node)}}}" + "".join(f"{{{item}}}" for item in arguments))
    if not (node.children and isinstance(node.children[0], nodes.paragraph)):
        # the label waits for a paragraph, which a list or code is not
        self.body.append(rf"\leavevmode{_CR}")
    if foot:
        self.in_footnote += 1
        self.in_minipage += 1
        self.no_latex_floats += 1


def _environment(node: Element) -> str:
    return "annotnote" if node.get("foot") else "annotendnote"


def _lead(self: LaTeXTranslator, node: Element) -> str:
    """Return what stands between the label and the note: words that were not found, the kind."""
    sought = rf"\annotsought{{{self.encode(node['words'])}}}" if node["state"] == "orphan" and node["words"] else ""
    return sought + (rf"\annotkind{{{self.encode(node['kind_title'])}.}}" if node["kind_title"] else "")


def depart_note(self: LaTeXTranslator, node: Element) -> None:
    if "label" not in node:
        return
    if node.get("foot"):
        self.in_footnote -= 1
        self.in_minipage -= 1
        self.no_latex_floats -= 1
    if node["by"]:
        self.body.append(rf"\annotby{{{self.encode(node['by'])}}}")
    self.body.append(rf"%{_CR}\end{{{_environment(node)}}}")
    if not isinstance(node.parent, nodes.TextElement):
        self.body.append(_CR)


def visit_cited(self: LaTeXTranslator, node: Element) -> None:
    self.body.append(rf"{_CR}\begin{{annotcited}}{_CR}")
    for way, title, words in node["lines"]:
        link = rf"\annotlink{{{_target(self, way)}}}{{{self.encode(title)}}}"
        self.body.append(rf"\item {link}{self.encode(f': {words}' if words else '')}{_CR}")


def depart_cited(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"\end{{annotcited}}{_CR}")


def visit_entry(self: LaTeXTranslator, node: Element) -> None:
    self.visit_paragraph(node)


def depart_entry(self: LaTeXTranslator, node: Element) -> None:
    """Print the pages of a source's marks; a note's way back is its label."""
    macro = "annotfirstback"
    for way, *_ in node["ways"]:
        if target := _target(self, way):
            self.body.append(rf"\{macro}{{{target}}}")
            macro = "annotback"
    self.depart_paragraph(node)


# passages


def visit_passage(self: LaTeXTranslator, node: Element) -> None:
    self.body.append(
        rf"{_CR}\begin{{annotpassage}}{{{_language(node)}}}{{{node.get('dir') or ''}}}{_labels(self, node)}{_CR}"
    )


def depart_passage(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"\end{{annotpassage}}{_CR}")


def visit_attribution(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"{_CR}\begin{{annotattribution}}{_CR}")


def depart_attribution(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"{_CR}\end{{annotattribution}}{_CR}")


# the page


def visit_edition(self: LaTeXTranslator, node: Element) -> None:
    if not node.children:
        # a header that says nothing is still led to
        self.body.append(_labels(self, node))
        raise nodes.SkipNode
    self.body.append(rf"{_CR}\begin{{annotheader}}{_labels(self, node)}{_CR}")


def depart_edition(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"{_CR}\end{{annotheader}}{_CR}")


def visit_backmatter(self: LaTeXTranslator, node: Element) -> None:
    self.body.append(rf"{_CR}\begin{{annotbackmatter}}{_labels(self, node)}{_CR}")


def depart_backmatter(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"{_CR}\end{{annotbackmatter}}{_CR}")


def visit_list(self: LaTeXTranslator, node: Element) -> None:
    self.body.append(f"{_CR}{_CR}{_labels(self, node)}{_CR}")


def depart_list(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(_CR)


def visit_heading(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"{_CR}\annotheading{{")


def depart_heading(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(f"}}{_CR}")


def _item_label(self: LaTeXTranslator, node: Element) -> str:
    label = node.get("label")
    if not label:
        return ""
    return self.encode(label) if node.get("note") else self.encode(f"[{label}]")


def visit_items(self: LaTeXTranslator, node: Element) -> None:
    labels = [_item_label(self, item) for item in node.children if isinstance(item, annot.annot_item)]
    self.body.append(rf"{_CR}\begin{{annotitems}}{{{max(labels, key=len, default='')}}}{_CR}")


def depart_items(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(rf"\end{{annotitems}}{_CR}")


def visit_item(self: LaTeXTranslator, node: Element) -> None:
    self.body.append(rf"\annotitem{{{_item_label(self, node)}}}{{{_labels(self, node)}}}{{{_language(node)}}}")


def depart_item(self: LaTeXTranslator, _node: Element) -> None:
    self.body.append(_CR)


PLAIN: tuple[Visitor, Visitor] = (visit_plain, visit_plain)
VISITORS: Mapping[type[Element], tuple[Visitor, Visitor]] = {
    annot.annot_edition: (visit_edition, depart_edition),
    annot.annot_backmatter: (visit_backmatter, depart_backmatter),
    annot.annot_passage: (visit_passage, depart_passage),
    annot.annot_attribution: (visit_attribution, depart_attribution),
    annot.annot_mark: (visit_mark, depart_brace),
    annot.annot_group: (visit_group, depart_brace),
    annot.annot_generated: (visit_generated, depart_brace),
    annot.annot_markline: (visit_markline, depart_markline),
    annot.annot_note: (visit_note, depart_note),
    annot.annot_cited: (visit_cited, depart_cited),
    annot.annot_entry: (visit_entry, depart_entry),
    annot.annot_list: (visit_list, depart_list),
    annot.annot_heading: (visit_heading, depart_heading),
    annot.annot_items: (visit_items, depart_items),
    annot.annot_item: (visit_item, depart_item),
}
