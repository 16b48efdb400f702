"""The domain: the records of each document, and the edition that they make together."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.errors import NoUri

from sphinx_annot.config import read_config
from sphinx_annot.language import labels
from sphinx_annot.model.packed import PackedDocs
from sphinx_annot.model.problems import Place
from sphinx_annot.model.values import OBJECT_TYPES, REFERENCE_LENGTH, clip, first_words, near_names, short_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from docutils.parsers.rst import Directive
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.registry import SphinxComponentRegistry
    from sphinx.util.typing import RoleFunction

    from sphinx_annot.checking import Check
    from sphinx_annot.config import AnnotConfig
    from sphinx_annot.freshness import Kept
    from sphinx_annot.model.edition import Edition, Found
    from sphinx_annot.model.index import Index
    from sphinx_annot.model.problems import Problem

_LANGUAGE = "annot_language"
_Object: TypeAlias = tuple[str, str, str, str, str, int]
"""What lists of objects have of one: name, what it is called, type, document, id, and its rank in a search."""


class AnnotDomain(Domain):
    """Editions, sources, passages and notes of a project."""

    name = "annot"
    label = "Annotated editions"
    object_types: ClassVar[dict[str, ObjType]] = {name: ObjType(name, name) for name in OBJECT_TYPES}
    initial_data: ClassVar[dict[str, Any]] = {"docs": PackedDocs()}
    data_version = 3

    #: makes the edition for this build's output, and what was made
    _assemble: Callable[[], Edition] | None = None
    _edition: Edition | None = None
    #: the index of it, and all objects
    index: Index | None = None
    _objects: Sequence[_Object] | None = None
    builder: Builder
    registry: SphinxComponentRegistry
    fragments: Any = None
    #: what the last build of the same output has kept, what this one leaves to the next, and the pages it has written
    before: Kept | None = None
    kept: Kept | None = None
    written: set[str]
    check: Check
    #: all that is wrong with the edition
    problems: Sequence[Problem] = ()
    #: whether other extensions are being asked for a target
    asking: bool = False

    def start(self, builder: Builder, registry: SphinxComponentRegistry) -> None:
        """Begin a build's output."""
        self.builder = builder
        self.registry = registry
        self._assemble = self._edition = self.index = None
        self._objects = None
        self.fragments = None
        self.kept = None
        self.written = set()

    @cached_property
    def settings(self) -> AnnotConfig:
        """The project's configuration."""
        return read_config(self.env.config)

    @property
    def docs(self) -> PackedDocs:
        """The records by document."""
        return cast("PackedDocs", self.data["docs"])

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.docs.forget(docname)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel process has read."""
        for docname in docnames:
            self.docs.take(docname, otherdata["docs"])

    def assemble(self, order: Sequence[str], shows: Callable[[tuple[str, ...]], bool], index: Index | None) -> None:
        """Have the edition of all documents made, as an output shows them; if its ``index`` is known, when it is used.

        ``order`` is that of the documents, ``shows`` says of a chain of ``only`` expressions whether they hold.
        """

        def make() -> Edition:
            from sphinx_annot.model.edition import Edition, Settings  # noqa: PLC0415 (nothing read, nothing made)

            known = self.settings
            settings = Settings(kinds=known.kinds, series=known.series, footnotes=known.footnotes)
            return Edition(self.docs, order, settings, shows, index)

        self._assemble, self.index = make, index
        if index is None and self.edition is not None:
            self.index = self.edition.index

    @property
    def edition(self) -> Edition | None:
        """The edition; nothing before all documents have been read."""
        if self._edition is None and self._assemble is not None:
            self._edition = self._assemble()
        return self._edition

    def language(self, docname: str) -> str:
        """Return the language of a document: its edition's, else the project's."""
        records = self.docs.get(docname)
        return (records and records.language) or str(self.env.config.language or "en")

    # names that do not exist

    def directive(self, name: str) -> type[Directive] | None:
        """Return a directive; for a name that is none of ours, written with our prefix, what says so."""
        found = super().directive(name)
        if found is None and name and self.is_meant:
            return self.directives[""]
        return found

    def role(self, name: str) -> RoleFunction | None:
        """Return a role; for a name that is none of ours, written with our prefix, what says so."""
        found = super().role(name)
        if found is None and name and self.is_meant:
            return self.roles[""]
        return found

    @property
    def is_meant(self) -> bool:
        """Whether a name is looked up here since it has our prefix, and not since no prefix means this domain."""
        return self.env.current_document.default_domain is not self

    def no_such(self, what: str, name: str) -> str:
        """Return what is wrong with the name of a directive or role, and what may have been meant."""
        name = name.removeprefix("annot:")
        names, others, other = sorted(self.directives), sorted(self.roles), "role"
        if what == "role":
            names, others, other = others, names, "directive"
        names = [item for item in names if item]
        near = near_names(name, names)
        if name in others:
            hint = f"it is a {other}"
        else:
            hint = f'did you mean "annot:{near[0]}"?' if near else f"there are {', '.join(names)}"
        return f'there is no {what} "annot:{clip(name)}"; {hint}'

    # cross-references

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Make the link to an object; one without a place of its own is its words alone."""
        found = self.edition.find(typ, target, fromdocname) if self.edition else None
        return self._link(found, fromdocname, builder, node, contnode) if found else None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Make the link to the object that has a name, if it is one and no document or label has it."""
        standard = env.domains.standard_domain
        if self.edition is None or target in env.found_docs:
            return []
        if target.lower() in standard.labels or target.lower() in standard.anonlabels:
            return []
        found = self.edition.find_any(target, fromdocname)
        link = self._link(found, fromdocname, builder, node, contnode) if found else None
        return [(f"annot:{found.role}", link)] if found and link is not None else []

    def _link(
        self, found: Found, fromdocname: str, builder: Builder, node: pending_xref, contnode: Element
    ) -> nodes.reference:
        if not node.get("refexplicit"):
            words = self.words(found, fromdocname)
            contnode = nodes.inline(words, words, classes=["annot-ref", f"annot-ref-{found.role}"])
        if not found.docname:
            return cast("nodes.reference", contnode)
        link = nodes.reference("", "", contnode, internal=True)
        lead(link, builder, fromdocname, found.docname, found.id)
        return link if "refid" in link or "refuri" in link else cast("nodes.reference", contnode)

    def words(self, found: Found, docname: str) -> str:
        """Return what an untitled reference to an object reads, in the language of the document it stands in."""
        text = labels(self.language(docname))
        if found.role == "ednote":
            return text["note_mark"].format(mark=found.words) if found.words else text["note"]
        if found.role == "source" and self.edition:
            return short_reference(self.edition.source_def(found.words).source)
        if found.role == "passage":
            return first_words(found.words, REFERENCE_LENGTH)
        return found.words

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Return all objects that have a place."""
        if self._objects is None and self.index is not None:
            # Sphinx asks twice in every build
            self._objects = _objects(self.index, str(self.env.config.language or "en"))
        return self._objects or ()


def _objects(index: Index, language: str) -> Sequence[_Object]:
    """Return the objects of an edition, in order; ``language`` is that of documents that name none."""
    words = index.words
    found = [(name, words["edition"][name], "edition", *place, 1) for name, place in index.editions.items()]
    found += [(key, words["source"][key], "source", home, f"source-{key}", 1) for key, home in index.home.items()]
    for name, docname in index.passages.items():
        found.append((name, words["passage"][name], "passage", docname, f"passage-{name}", 1))
    marks = {docname: labels(index.languages.get(docname, language))["note_mark"] for docname in index.order}
    for name, label in words["ednote"].items():
        docname = index.page_of(name)
        # "note a" is nothing that anybody seeks: its own words are found on its page
        found.append((name, marks[docname].format(mark=label), "ednote", docname, f"ednote-{name}", -1))
    return sorted(found)


def address(builder: Builder, fromdocname: str, docname: str, name: str) -> dict[str, str]:
    """Return the attributes of a link from a document's page to an element of a document.

    There are none if the output does not have that document, or has no links.
    """
    if builder.format == "man":  # a manual page prints where a link leads, and from paper nothing does
        return {}
    if fromdocname == docname:
        return {"refid": name}
    try:
        page = builder.get_relative_uri(fromdocname, docname)
    except NoUri:  # it is in another book
        return {}
    # where all documents make one page, its address is that of a place on it, and the element has its own
    return {"refuri": f"#{name}" if page.startswith("#") else f"{page}#{name}"}


def lead(node: Element, builder: Builder, fromdocname: str, docname: str, name: str) -> Element:
    """Let a reference lead from a document's page to an element of a document, if the output has that document."""
    node.attributes.update(address(builder, fromdocname, docname, name))
    return node


def annot_domain(env: BuildEnvironment) -> AnnotDomain:
    """Return the project's domain."""
    return cast("AnnotDomain", env.get_domain("annot"))


def settings(env: BuildEnvironment) -> AnnotConfig:
    """Return the project's configuration."""
    return annot_domain(env).settings


def edition_language(env: BuildEnvironment) -> str:
    """Return the language of the document being read, as far as it is known yet."""
    return str(env.current_document.get(_LANGUAGE) or env.config.language or "en")


def set_edition_language(env: BuildEnvironment, language: str) -> None:
    """Let the rest of the document being read have a language."""
    env.current_document[_LANGUAGE] = language


def place_in(env: BuildEnvironment, source: str | None, line: int | None) -> Place:
    """Return the place of a line; the file is named only if it is not the document's own."""
    docname = env.docname
    file = _other_file(source, str(env.doc2path(docname)), str(env.srcdir)) if source else ""
    return Place(docname=docname, line=line or 0, file=file)


@lru_cache(maxsize=256)
def _other_file(source: str, document: str, folder: str) -> str:
    """Return the path of a file relative to the source folder; nothing for the document's own, or for no file."""
    if "<" in source or Path(source) == Path(document):
        return ""
    # docutils gives an included file's path from where the build was started
    path = Path(source).resolve()
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


@lru_cache(maxsize=1024)
def read_locator(text: str, language: str) -> tuple[str, str]:
    """Return a locator as it is printed, and what is wrong with it."""
    from sphinx_annot.model import locator  # noqa: PLC0415 (only a document that is read has locators)

    found = locator.parse(text, locator.labels(language))
    if isinstance(found, locator.Locator):
        return locator.format(found, language), ""
    if not text:
        return "", "the locator is empty; write a place after the comma, as in p. 3, or take the comma away"
    return text, f'the locator "{clip(text)}" has a label without a place; write one behind it, as in p. 3'


def reading_order(env: BuildEnvironment) -> list[str]:
    """Return the documents depth first by their toctrees from the root, then the rest by name."""
    order: dict[str, None] = {}
    stack = [env.config.root_doc]
    while stack:
        docname = stack.pop()
        if docname in order or docname not in env.all_docs:
            continue
        order[docname] = None
        stack.extend(reversed(env.toctree_includes.get(docname, ())))
    order.update(dict.fromkeys(sorted(env.all_docs)))
    return list(order)
