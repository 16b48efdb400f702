"""The copies of headings that Sphinx makes contents and page titles from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.domain import edition_language
from sphinx_annot.language import quotation_marks
from sphinx_annot.transforms.text import position, put

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment


def strip_titles(env: BuildEnvironment, docname: str) -> None:
    """Take marks and lemmas out of the copies of a document's headings, and put quoted words in quotation marks."""
    marks = quotation_marks(edition_language(env))
    for tree in (env.titles.get(docname), env.longtitles.get(docname), env.tocs.get(docname)):
        if tree is None:
            continue
        for node in list(tree.findall(nodes.inline)):
            if isinstance(node, annot.annot_cite | annot.annot_noteref):
                _trim_before(node)
                node.parent.remove(node)
            elif isinstance(node, annot.annot_quote):
                node.replace_self([nodes.Text(marks.opening), *node.children, nodes.Text(marks.closing)])
            elif isinstance(node, annot.annot_lemma):
                node.replace_self(node.children)


def _trim_before(node: Element) -> None:
    """Take away the space between a word and its mark."""
    index = position(node)
    before = node.parent.children[index - 1] if index else None
    if isinstance(before, nodes.Text):
        put(before, nodes.Text(before.rstrip(" ")))
