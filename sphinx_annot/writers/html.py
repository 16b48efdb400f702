"""HTML and EPUB: visitors for our nodes."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.writers import html_lists
from sphinx_annot.writers.tags import epub, href, ident, language, tag, ways_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element
    from sphinx.writers.html5 import HTML5Translator

#: The characters of a name that fits into a line of the narrowest margin.
_SHORT = 20


def visit_edition(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "div", "\n", CLASS="annot-header", data_annot_generated=True))


def depart_div(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append("</div>\n")


def visit_backmatter(self: HTML5Translator, node: Element) -> None:
    self.body.append(
        tag(node, "section", "\n", CLASS="annot-backmatter", aria_label=node.get("name"),
             extra=epub(self, "backmatter"))
    )  # fmt: skip


def depart_section(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append("</section>\n")


def visit_passage(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "figure", "\n", CLASS="annot-passage", extra=language(node)))
    cite = node.get("cite", "")
    quoted: dict[str, Any] = {"cite": cite} if re.match(r"https?://", cite) else {}
    self.body.append(self.starttag(nodes.inline(), "blockquote", "", **quoted))


def depart_passage(self: HTML5Translator, node: Element) -> None:
    if not (node.children and isinstance(node.children[-1], annot.annot_attribution)):
        self.body.append("</blockquote>")
    self.body.append("</figure>\n")


def visit_attribution(self: HTML5Translator, node: Element) -> None:
    self.body.append("</blockquote>\n")
    self.body.append(tag(node, "figcaption", "", data_annot_generated=True))


def depart_attribution(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append("</figcaption>")


def visit_mark(self: HTML5Translator, node: Element) -> None:
    source = node["what"] == "cite"
    address = href(node)
    attributes: dict[str, Any] = {
        "CLASS": "annot-mark",
        "data_annot_series": node["series"],
        "data_annot_kind": node.get("kind"),
        "data_annot_layer": node.get("layer"),
        "data_annot_next": _follows_mark(node),
        "aria_label": node.get("name"),
    }
    if address:
        attributes |= {"href": address, "role": "doc-biblioref" if source else "doc-noteref"}
        attributes["extra"] = epub(self, "biblioref" if source else "noteref")
    else:
        attributes["role"] = "note" if node.get("name") else None
    if "refid" in node and node["ids"] and not source and node.get("first"):
        attributes["style"] = f"--annot-place:--annot-m-{ident(node['refid'])}"
    self.body.append(tag(node, "a" if address else "span", "", **attributes))


def depart_mark(self: HTML5Translator, node: Element) -> None:
    self.body.append("</a>" if href(node) else "</span>")


def _follows_mark(node: Element) -> bool:
    siblings = node.parent.children
    index = siblings.index(node)
    return index > 0 and isinstance(siblings[index - 1], annot.annot_mark | annot.annot_group)


def visit_group(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "span", "", CLASS="annot-group"))


def depart_span(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append("</span>")


def visit_lemma(self: HTML5Translator, node: Element) -> None:
    self.body.append(
        tag(
            node,
            "span",
            "",
            CLASS="annot-lemma",
            aria_details=" ".join(node.get("notes", ())),
            data_annot_kind=node.get("kind"),
            data_annot_series=node.get("series"),
            data_annot_layer=node.get("layer"),
        )
    )


def visit_quote(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "span", "", CLASS="annot-quote"))


def visit_generated(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "span", "", data_annot_generated=True))


def visit_markline(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "p", "", CLASS="annot-markline", data_annot_generated=True))


def depart_paragraph(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append("</p>\n")


def visit_note(self: HTML5Translator, node: Element) -> None:
    orphan = node["state"] == "orphan"
    name = node["ids"][0]
    style = ""
    if not orphan and "annot-foot" not in node["classes"]:
        style = f"--annot-name:--annot-n-{ident(name)}"
        if node.get("at"):
            style += f";--annot-at:--annot-m-{ident(name)}"
        if node.get("after"):
            style += f";--annot-after:--annot-n-{ident(node['after'])}"
    self.body.append(
        tag(
            node,
            "aside",
            "",
            CLASS="annot-note annot-orphan" if orphan else "annot-note",
            role="doc-footnote",
            aria_label=node.get("name"),
            data_annot_series=node["series"],
            data_annot_kind=node.get("kind"),
            data_annot_layer=node.get("layer"),
            data_annot_long=node.get("fold"),
            data_annot_far=node.get("far"),
            data_annot_within=any(inner["ids"] for inner in node.findall(nodes.Element, include_self=False)),
            style=style,
            extra=epub(self, "footnote"),
        )
    )
    self.body.append('<div class="annot-note-block">\n<span class="annot-note-label" data-annot-generated="">')
    self.body.append(f'<span class="annot-note-mark">{self.encode(node["label"])}</span>')
    sought = node["words"] if orphan else node.get("sought")
    if sought:
        self.body.append(f' <span class="annot-sought">{self.encode(sought)}]</span>')
    if node["kind_title"]:
        self.body.append(f' <i class="annot-kind">{self.encode(node["kind_title"])}.</i>')
    self.body.append("</span>\n")
    self.body.append('<div class="annot-note-body">')


def depart_note(self: HTML5Translator, node: Element) -> None:
    self.body.append("</div>")
    if node.get("fold"):
        name = f"… {node['more']}"
        more: dict[str, Any] = {"href": f"#{node['ids'][0]}", "aria-label": f"{name}: {node['name']}"}
        more["data-annot-generated"] = ""
        self.body.append(self.starttag(nodes.inline(), "a", "", CLASS="annot-more", **more))
        self.body.append(f"{self.encode(name)}</a>")
    if not node.get("ended"):
        self.body.extend(_note_end(node))
    self.body.append("</div>\n</aside>\n")


def _note_end(note: Element) -> Iterator[str]:
    # the way back is held to the last word; a name may begin a line, together with it
    by = note.get("by")
    yield f'{" " if by else ""}<span class="annot-note-end" data-annot-generated="">'
    if by:
        short = ' data-annot-short=""' if len(by) <= _SHORT else ""
        yield f'<span class="annot-by"{short}>{escape(by)}</span>'
    yield from ways_back(note)
    yield "</span>"


def visit_ending(self: HTML5Translator, node: Element) -> None:
    self.body.extend(_note_end(node["note"]))
    raise nodes.SkipNode


def visit_body(self: HTML5Translator, node: Element) -> None:
    self.body.append(tag(node, "div", "\n", extra=language(node)))


def visit_pnum(self: HTML5Translator, node: Element) -> None:
    self.body.append(
        tag(node, "a", "", CLASS="annot-pnum", href=href(node), aria_label=node["name"],
             data_annot_n=node["n"], data_annot_generated=True)
    )  # fmt: skip


def depart_link(self: HTML5Translator, node: Element) -> None:  # noqa: ARG001 (the interface)
    self.body.append("</a>")


def visit_badge(self: HTML5Translator, node: Element) -> None:
    self.body.append(
        tag(node, "a", "", CLASS="annot-badge", href=href(node), aria_label=node["name"],
             data_annot_verdict=node["verdict"], data_annot_sign=node["sign"], data_annot_generated=True)
    )  # fmt: skip


#: What the words of a source are in a verdict, as elements.
_PARTS = {"quoted": "mark", "quoted_only": "del", "source_only": "ins"}


def visit_verdict(self: HTML5Translator, node: Element) -> None:
    about = f"{node['about']}: " if node["about"] else ""
    reason = f" ({node['reason']})" if node["reason"] else ""
    sign = f'<span class="annot-verdict-sign" aria-hidden="true">{node["sign"]}</span>'
    label = f"{sign} {self.encode(about + node['label'] + reason)}"
    shown = any(words.strip() for _, words in node["parts"])
    attributes = {"CLASS": "annot-verdict", "data_annot_verdict": node["verdict"], "data_annot_generated": True}
    if not shown:
        self.body.append(tag(node, "div", "", **attributes) + f"{label}</div>\n")
        raise nodes.SkipNode
    # a link to what is inside opens the whole
    self.body.append(tag(nodes.inline(), "details", "\n", **attributes))
    self.body.append(f"<summary>{label}</summary>\n")
    self.body.append(tag(node, "p", "", extra=language(node)))
    self.body.extend(_source_words(self, what, words, node["omitted"]) for what, words in node["parts"])
    place = f"<p><small>{self.encode(node['place'])}</small></p>\n" if node.get("place") else ""
    self.body.append(f"</p>\n{place}</details>\n")
    raise nodes.SkipNode


def _source_words(self: HTML5Translator, what: str, words: str, omitted: str) -> str:
    text = str(self.encode(words))
    if what == "omitted":
        edge, end = " " * words[:1].isspace(), " " * words[-1:].isspace()
        note = self.encode(omitted.format(words=words.strip()))
        return f'{edge}<span class="annot-omitted">[{note}]</span>{end}'
    return f"<{_PARTS[what]}>{text}</{_PARTS[what]}>" if what in _PARTS else text


def visit_controls(self: HTML5Translator, node: Element) -> None:
    self.body.append(
        tag(node, "form", "\n", CLASS="annot-controls", aria_label=node["title"], autocomplete="off",
             data_annot_generated=True)
    )  # fmt: skip
    self.body.append(f'<span class="annot-legend" aria-hidden="true">{self.encode(node["title"])}</span>\n')
    for what, name, title, token in node["switches"]:
        attributes = {"type": "checkbox", "checked": "", "value": token}
        self.body.append(self.starttag(nodes.inline(), "label", "", **{f"data-annot-{what}": name}))
        self.body.append(self.emptytag(nodes.inline(), "input", "", **attributes))
        self.body.append(f"<span>{self.encode(title)}</span></label>\n")
    self.body.append("</form>\n")
    raise nodes.SkipNode


def visit_tail(self: HTML5Translator, node: Element) -> None:
    lines = (("", node["folded"]), ("-one", node["one"]), ("-open", node["open"]))
    style = [f"--annot-tail{name}:{number}" for name, number in lines if number]
    self.body.append(
        tag(
            node,
            "div",
            "",
            CLASS="annot-tail",
            data_annot_generated=True,
            data_annot_citation=node.get("citation"),
            data_annot_actions=json.dumps(node["actions"], ensure_ascii=False) if "actions" in node else None,
            style=";".join(style),
        )
    )


VISITORS = {
    **html_lists.VISITORS,
    annot.annot_edition: (visit_edition, depart_div),
    annot.annot_backmatter: (visit_backmatter, depart_section),
    annot.annot_passage: (visit_passage, depart_passage),
    annot.annot_attribution: (visit_attribution, depart_attribution),
    annot.annot_mark: (visit_mark, depart_mark),
    annot.annot_group: (visit_group, depart_span),
    annot.annot_lemma: (visit_lemma, depart_span),
    annot.annot_quote: (visit_quote, depart_span),
    annot.annot_generated: (visit_generated, depart_span),
    annot.annot_markline: (visit_markline, depart_paragraph),
    annot.annot_note: (visit_note, depart_note),
    annot.annot_pnum: (visit_pnum, depart_link),
    annot.annot_badge: (visit_badge, depart_link),
    annot.annot_verdict: (visit_verdict, depart_div),
    annot.annot_controls: (visit_controls, depart_div),
    annot.annot_ending: (visit_ending, depart_span),
    annot.annot_tail: (visit_tail, depart_div),
    annot.annot_body: (visit_body, depart_div),
}
