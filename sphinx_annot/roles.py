"""The roles: citations, quotes, marks, lemmas, cross-references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst.states import Struct  # type: ignore[attr-defined] # where docutils itself takes it from
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

from sphinx_annot import nodes as annot
from sphinx_annot import reporting
from sphinx_annot.domain import annot_domain, edition_language, place_in, read_locator
from sphinx_annot.language import quotation_marks
from sphinx_annot.model.problems import Code, Problem
from sphinx_annot.model.values import clean, clip, is_key

if TYPE_CHECKING:
    from docutils.nodes import Element, Node, system_message
    from sphinx.environment import BuildEnvironment

_TARGET = re.compile(r"(.*?)\s*<([^<>]*)>\s*", re.DOTALL)


class _Role(SphinxRole):
    """A role of ours: complaints with their place, and content that is markup of its own."""

    def complain(self, code: Code, message: str) -> None:
        """Keep a problem at this role."""
        source, line = self.get_source_info()
        place = place_in(self.env, source, line)
        reporting.note(self.env, Problem(code=code, message=message, place=place))

    def citation(self, text: str) -> tuple[str, str]:
        """Split ``key, locator``; complain about a locator or key that cannot be used."""
        key, comma, where = text.partition(",")
        key, where = clean(key), clean(where)
        if not is_key(key):
            self.complain(Code.OPTION, f'"{clip(key)}" is no key of a source; write one, as in annot:cite`key, p. 3`')
        if not comma:
            return key, ""
        written, trouble = read_locator(where, edition_language(self.env))
        if trouble:
            self.complain(Code.LOCATOR, trouble)
        return key, written

    def parts(self) -> tuple[str, str]:
        """Split ``words <target>`` at the last target."""
        match = _TARGET.fullmatch(self.text)
        if match:
            return match[1], match[2]
        message = f'"{clip(clean(self.text))}" has no target; end it with one in angle brackets, as in `words <name>`'
        self.complain(Code.OPTION, message)
        return self.text, ""

    def parsed(self, text: str, parent: Element) -> None:
        """Parse the words as markup, into a node."""
        memo = Struct(document=self.inliner.document, reporter=self.inliner.reporter, language=self.inliner.language)
        outer = self.inliner.parent
        children, messages = self.inliner.parse(text, self.lineno, memo, parent)
        self.inliner.parent = outer
        parent.extend(children)
        parent.extend(messages)


class CiteRole(_Role):
    """One or more sources: ``key``, ``key, p. 3; other``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the place of the marks."""
        items = [self.citation(part) for part in self.text.split(";") if part.strip()]
        if not items:
            self.complain(Code.OPTION, "the citation is empty; write the key of a source")
            return [nodes.Text(self.text)], []
        node = annot.annot_cite("", items=items)
        self.set_source_info(node)
        return [node], []


class QuoteRole(_Role):
    """Quoted words and their source: ``words <key>``, ``words <key, p. 3>``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the words and the place of the mark behind them."""
        words, target = self.parts()
        node = annot.annot_quote("")
        self.set_source_info(node)
        self.parsed(words, node)
        marks = quotation_marks(edition_language(self.env))
        node["words"] = annot.quoted_words(node, marks.nested_opening, marks.nested_closing)
        if not target:
            return [node], []
        key, where = self.citation(target)
        node["source_key"], node["locator"] = key, where
        cite = annot.annot_cite("", items=[(key, where)])
        self.set_source_info(cite)
        return [node, nodes.Text(" "), cite], []


class LemmaRole(_Role):
    """The words that a note is about: ``words <id>``."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the words and the place of the mark behind them."""
        words, target = self.parts()
        node = annot.annot_lemma("", targets=[clean(target)] if target else [])
        self.set_source_info(node)
        self.parsed(words, node)
        if not target:
            return [node], []
        mark = annot.annot_noteref("", target=clean(target))
        self.set_source_info(mark)
        return [node, mark], []


class NoterefRole(_Role):
    """The mark of a note at this point."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the place of the mark."""
        node = annot.annot_noteref("", target=clean(self.text))
        self.set_source_info(node)
        return [node], []


class UnknownRole(_Role):
    """A role whose name nobody knows."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Complain, and print what was written in it."""
        self.complain(Code.UNKNOWN, annot_domain(self.env).no_such("role", self.name))
        return [nodes.Text(self.text)], []


class ObjectRole(XRefRole):
    """A cross-reference to an edition, source, passage or note."""

    def __init__(self) -> None:
        super().__init__(innernodeclass=nodes.inline)

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,  # noqa: FBT001 (Sphinx's interface)
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Keep the target's case."""
        refnode["refline"] = self.lineno
        return title, clean(target)

    def result_nodes(
        self,
        document: nodes.document,
        env: BuildEnvironment,
        node: Element,
        is_ref: bool,  # noqa: FBT001 (Sphinx's interface)
    ) -> tuple[list[Node], list[system_message]]:
        """Give the words classes that no element of a page has."""
        for child in node.findall(nodes.inline):
            child["classes"] = ["annot-ref", f"annot-ref-{self.reftype}"]
        return [node], []
