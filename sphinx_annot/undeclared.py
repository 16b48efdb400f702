"""Quotations that nobody declared as such: many words in quotation marks, and block quotations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.model.fold import unspaced
from sphinx_annot.model.problems import Code, Place, Problem
from sphinx_annot.model.values import first_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

MANY = 8
"""So many words in quotation marks are more than a name, a title or an expression."""

_QUOTED = re.compile(
    r"""“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|「([^「」]+)」|『([^『』]+)』|"([^"]+)"|‘(?=\w)(.+?)’(?!\w)""",
    re.DOTALL,
)
_word = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PASSED_OVER = (
    annot.annot_edition, annot.annot_register, nodes.Invisible, nodes.system_message, nodes.FixedTextElement,
)  # fmt: skip
_NO_WORDS = (
    annot.annot_quote, annot.annot_cite, annot.annot_noteref, nodes.footnote_reference, nodes.literal, nodes.math,
    nodes.raw, nodes.image,
)  # fmt: skip


def undeclared(env: BuildEnvironment, docname: str) -> Iterator[Problem]:
    """Yield the quotations of a document that has been read which name no source."""
    for node, words in _found(env.get_doctree(docname)):
        markup = "annot:passage" if isinstance(node, nodes.block_quote) else "annot:quote"
        message = f'the quotation "{first_words(words)}" names no source; declare it with {markup}'
        yield Problem(code=Code.UNDECLARED, message=message, place=_place(env, docname, node))


def _found(parent: nodes.Element) -> Iterator[tuple[nodes.Element, str]]:
    for child in parent.children:
        if isinstance(child, nodes.block_quote):
            declared = isinstance(child, annot.annot_passage) and child["source_key"]
            if not declared and _is_prose(child):
                yield child, annot.quoted_words(child)
        elif isinstance(child, nodes.TextElement) and not isinstance(child, _PASSED_OVER):
            for match in _QUOTED.finditer(_words(child)):
                words = next(filter(None, match.groups()))
                if _count(words) >= MANY:
                    yield child, words
        elif isinstance(child, nodes.Element) and not isinstance(child, _PASSED_OVER):
            yield from _found(child)


def _is_prose(quotation: nodes.Element) -> bool:
    """Say whether an indented block has words of its own: reStructuredText makes one of an indented list, too."""
    return any(isinstance(child, nodes.paragraph | nodes.line_block) for child in quotation.children)


def _words(block: nodes.Element) -> str:
    parts = []
    for child in block.children:
        if isinstance(child, nodes.Text):
            parts.append(child.astext())
        elif isinstance(child, nodes.Element):
            # what is declared stands in the way, so that nothing is put together over it
            parts.append("\ufffc" if isinstance(child, _NO_WORDS) else _words(child))
    return "".join(parts)


def _count(words: str) -> int:
    """Return how many words there are; where words are not written apart, two characters count as one."""
    letters = unspaced(words)
    return letters // 2 + len(_word.findall(words)) if letters else len(_word.findall(words))


def _place(env: BuildEnvironment, docname: str, node: nodes.Element) -> Place:
    at: nodes.Element | None = node
    while at is not None and not at.line:
        at = at.parent
    path = Path(at.source) if at is not None and at.source else None
    line = (at.line or 0) if at is not None else 0
    if path is None or path == Path(env.doc2path(docname)) or not path.is_file():
        return Place(docname=docname, line=line)
    shown = path.relative_to(env.srcdir) if path.is_relative_to(env.srcdir) else path
    return Place(docname=docname, line=line, file=shown.as_posix())
