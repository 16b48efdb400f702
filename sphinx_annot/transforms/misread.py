"""Directives and roles of ours that a markup took for something else, since they are not quite written as it asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot.model.problems import Code

if TYPE_CHECKING:
    from pathlib import Path

    from docutils.nodes import Element

_COMMENT = re.compile(r"annot:([\w-]+)")
_INFO = re.compile(r"\{?annot:([\w-]+)")
_FENCE = re.compile(r":::+\{annot:")
_ROLE = re.compile(r"\{annot:[\w-]+\}|:annot:[\w-]+:(?!:)")
_DIRECTIVE = re.compile(r"(?<![\w:])annot:([\w-]+) ?::")

#: What may be a directive of ours that is read as a comment, as a plain container, or as code.
SUSPECTS = frozenset((nodes.comment, nodes.container, nodes.literal_block))

#: Where the author writes running text; a signature, for one, may name our roles.
PROSE = (nodes.paragraph, nodes.title, nodes.term, nodes.line_block)


def misread_block(node: Element) -> str:
    """Return what is wrong with a directive that was read as one of `SUSPECTS`; nothing if it is none."""
    if isinstance(node, nodes.comment):
        found = _COMMENT.match(node.astext())
        return f'".. {found[0]}" is read as a comment; write ".. {found[0]}::", with two colons' if found else ""
    written = node.get("language", "") if isinstance(node, nodes.literal_block) else "".join(node["classes"][:1])
    found = _INFO.match(written)
    if not found:
        return ""
    name = f"{{annot:{found[1]}}}"
    return f'"{written}" is read as {"code" if "language" in node else "text"}; write "{name}", and a space behind it'


def line_of(node: Element, path: Path) -> int:
    """Return the line of a comment that begins with two dots, which docutils does not keep; 0 for any other."""
    first = re.compile(rf"\s*\.\. +{re.escape(node.astext().partition(chr(10))[0])}")
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if first.match(line)), 0)


def misread_words(block: Element, text: str) -> tuple[Code, str] | None:
    """Return what is wrong with a role or directive that stands in a text as it is typed."""
    if _FENCE.match(text):
        return Code.CONFIG, 'a directive prints as text; add "colon_fence" to myst_enable_extensions in conf.py'
    words = "".join(
        str(leaf)
        for leaf in block.findall(nodes.Text)
        if not isinstance(leaf.parent, nodes.literal | nodes.literal_block)
    )
    if found := _ROLE.search(words):
        role = f"{found[0]}`words`"
        return (
            Code.OPTION,
            f'"{found[0]}" prints as text; a role is written "{role}", in one piece and apart from words',
        )
    if found := _DIRECTIVE.search(words):
        return Code.OPTION, f'"{found[0]}" prints as text; write ".. annot:{found[1]}::" at the beginning of a line'
    return None
