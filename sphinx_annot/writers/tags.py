"""HTML tags of our nodes: their attributes, where they lead, the links back."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element
    from sphinx.writers.html5 import HTML5Translator

_UNSAFE = re.compile(r"[^A-Za-z0-9-]")


def ident(name: str) -> str:
    """Return an id as part of a CSS name."""
    return _UNSAFE.sub(lambda match: f"_{ord(match[0]):x}_", name)


def epub(self: HTML5Translator, kind: str) -> dict[str, str]:
    """Return the attribute by which EPUB says what an element is."""
    return {"epub:type": kind} if self.builder.name == "epub" else {}


def href(node: Element | dict[str, str]) -> str:
    """Return where a link leads, from its ``refid`` or ``refuri``; nothing if it has neither."""
    return f"#{node['refid']}" if "refid" in node else str(node.get("refuri", ""))


def language(node: Element) -> dict[str, str]:
    """Return the attributes of a node's language and direction of writing."""
    return {name: node[name] for name in ("lang", "dir") if node.get(name)}


def tag(node: Element, name: str, suffix: str = "", **attributes: Any) -> str:  # noqa: ANN401 (as attributes are)
    """Return a start tag; names of attributes have underscores for hyphens, empty ones are left out."""
    classes = [*str(attributes.pop("CLASS", "")).split(), *node["classes"]]
    ids = node["ids"]
    parts = [f"<{name}"]
    if classes:
        parts.append(f'class="{escape(" ".join(classes))}"')
    if ids:
        parts.append(f'id="{escape(ids[0])}"')
    for key, value in attributes.items():
        if key == "extra":
            parts.extend(f'{item}="{escape(str(text))}"' for item, text in value.items())
        elif value not in ("", None, False):
            # a flag has no value of its own
            parts.append(f'{key.replace("_", "-")}="{"" if value is True else escape(str(value))}"')
    aliases = "".join(f'<span id="{escape(alias)}"></span>' for alias in ids[1:])
    return " ".join(parts) + ">" + aliases + suffix


def ways_back(node: Element) -> Iterator[str]:
    """Yield the links back to the marks of a note or source."""
    for way, arrow, name in node["ways"]:
        # an arrow never begins a line: nothing breaks before it; and it is text, no coloured picture
        yield (
            f'&#160;<a class="annot-back" href="{escape(href(way))}" role="doc-backlink" aria-label="{escape(name)}"'
            f' data-annot-generated="">{arrow}&#xFE0E;</a>'
        )
