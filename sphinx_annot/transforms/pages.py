"""The page of a document: marks at their points, notes at their places, lists where they belong."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import process_only_nodes

from sphinx_annot import nodes as annot
from sphinx_annot.language import labels
from sphinx_annot.model.pages import PageMark, Way
from sphinx_annot.model.values import short_reference
from sphinx_annot.nodes import BLOCK, INDEX
from sphinx_annot.transforms.anchoring import Anchors
from sphinx_annot.transforms.colons import take_colons
from sphinx_annot.transforms.fragments import Fragments, is_boundary
from sphinx_annot.transforms.framing import Frame
from sphinx_annot.transforms.header import fill_header
from sphinx_annot.transforms.lists import Lists
from sphinx_annot.transforms.lower import lower
from sphinx_annot.transforms.marks import Links, note_mark, source_marks
from sphinx_annot.transforms.passages import Passages
from sphinx_annot.transforms.shelf import Shelf
from sphinx_annot.transforms.standing import Standing, outermost_closed, path_to
from sphinx_annot.transforms.text import put

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils.nodes import Element, Node
    from docutils.transforms import Transform

    from sphinx_annot.domain import AnnotDomain
    from sphinx_annot.model.pages import Page, PageNote
    from sphinx_annot.model.records import DocRecords

#: What is looked for in a tree, in the one pass over it.
_GATHERED = frozenset(
    (
        annot.annot_edition, annot.annot_source, annot.annot_passage, annot.annot_note, annot.annot_register,
        annot.annot_backmatter, annot.annot_cite, annot.annot_noteref, annot.annot_lemma, annot.annot_quote,
        nodes.footnote, nodes.footnote_reference, nodes.transition,
    )
)  # fmt: skip


def make_pages(tree: nodes.document, domain: AnnotDomain, docname: str, resolvers: Sequence[type[Transform]]) -> None:
    """Make the pages of all documents in a tree; ``resolvers`` resolve cross-references in what comes from others."""
    assert domain.edition is not None  # noqa: S101 (the caller has looked)
    if domain.fragments is None:
        domain.fragments = Fragments(domain.env, domain.builder, resolvers)
    documents = _documents(tree, docname)
    for name, root in documents:
        if name in domain.edition.pages:
            PageMaker(domain, domain.fragments, name, root, assembled=len(documents) > 1).make()
    if hasattr(domain.builder, "fix_ids"):
        take_colons(tree)
    if domain.builder.format not in {"html", "latex"}:
        titles = {name: series.title for name, series in domain.settings.series.items() if series.title}
        lower(tree, str(domain.env.config.language or "en"), titles)


def _documents(tree: nodes.document, docname: str) -> list[tuple[str, Element]]:
    """Return the documents that a tree is assembled from, the innermost first."""
    found: list[tuple[str, Element]] = [(node["docname"], node) for node in tree.findall(addnodes.start_of_file)]
    found += [(node["docname"], node) for node in tree.findall(nodes.document) if node is not tree]
    for _, root in found:
        # Sphinx lets them go on naming the document as parent that they were taken from
        for child in root.children:
            child.parent = root
    return [*reversed(found), (tree.get("docname", docname), tree)]


def _inside(root: Element) -> Iterator[Element]:
    """Yield the elements of one document, and of no other that is assembled into it."""
    stack = list(reversed(root.children))
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text) or is_boundary(node):
            continue
        yield cast("Element", node)
        stack.extend(reversed(node.children))


class PageMaker:
    """Makes the page of one document."""

    def __init__(
        self, domain: AnnotDomain, fragments: Fragments, docname: str, root: Element, *, assembled: bool = False
    ) -> None:
        assert domain.edition is not None  # noqa: S101 (the caller has looked)
        self.domain = domain
        self.edition = domain.edition
        self.fragments = fragments
        self.builder = builder = domain.builder
        self.docname = docname
        self.root = root
        self.assembled = assembled
        self.page: Page = self.edition.pages[docname]
        self.doc: DocRecords = self.edition.docs[docname]
        self.language = domain.language(docname)
        self.links = Links(builder, docname)
        self.notes_by_uid = {note.uid: note for note in self.page.notes}
        self.by_class: dict[type, list[Element]] = defaultdict(list)
        self.blocks: dict[int, Element] = {}
        self.bodies: dict[tuple[str, int], Element] = {}
        self.marks_of: dict[str, list[annot.annot_mark]] = defaultdict(list)
        self.shelf = Shelf()
        #: the notes of the page in the order of their marks; those of them for its end, those without a place,
        #: and footnotes without a mark
        self.standing: list[annot.annot_note] = []
        self.at_end: list[annot.annot_note] = []
        self.orphans: list[annot.annot_note] = []
        self.unmarked: list[annot.annot_note] = []

    def make(self) -> None:
        """Turn what was read into the page."""
        if self.doc.conditional:
            process_only_nodes(self.root, self.builder.tags)
        self._gather()
        if not self._has_anything():
            return
        self._number_footnotes()
        self._take_remarks()
        self._take_bodies()
        self._make_marks()
        Passages(self).make()
        Anchors(self).make()
        Standing(self).make()
        Lists(self).make()
        if self.domain.settings.quote_check == "show" and self.builder.format == "html":
            self._show_verdicts()
        for node in self.by_class[annot.annot_edition]:
            fill_header(cast("annot.annot_edition", node), self.doc, self.page, self.language)
        Frame(self).make()

    def _gather(self) -> None:
        for node in _inside(self.root):
            if BLOCK in node.attributes:
                self.blocks[node.attributes.pop(BLOCK)] = node
            if type(node) in _GATHERED:
                self.by_class[type(node)].append(node)

    def _has_anything(self) -> bool:
        if self.doc.blocks and not self.blocks:
            # a book may take a document for its table of contents alone
            return False
        ours = self.by_class.keys() - {nodes.transition, nodes.footnote, nodes.footnote_reference}
        return bool(ours or self.page.footnotes or self.page.notes or self.page.entries)

    # footnotes of the author

    def _number_footnotes(self) -> None:
        """On one page of several documents, let the ids of footnotes tell the documents apart."""
        if self.builder.name == "singlehtml":
            self._rename_native()
            for footnote in self.page.footnotes.values():
                suffix = f"--{self.edition.slug(self.docname)}"
                if not footnote.id.endswith(suffix):
                    renamed = {name: f"{name}{suffix}" for name in (footnote.id, *footnote.marks)}
                    for mark in self.page.marks.values():
                        if mark.what == "footnote" and mark.to and mark.to.id == footnote.id:
                            mark.id = renamed[mark.id]
                            mark.to = Way(docname=self.docname, id=renamed[footnote.id])
                    footnote.marks[:] = [renamed[name] for name in footnote.marks]
                    self.page.order[:] = [renamed.get(name, name) for name in self.page.order]
                    footnote.id = renamed[footnote.id]

    def _rename_native(self) -> None:
        suffix = f"--{self.edition.slug(self.docname)}"
        for node in (*self.by_class[nodes.footnote], *self.by_class[nodes.footnote_reference]):
            if isinstance(node, nodes.footnote) and node["ids"] and node["ids"][0] in self.page.footnotes:
                continue
            node["ids"] = [f"{name}{suffix}" for name in node["ids"]]
            if "refid" in node:
                node["refid"] += suffix
            if "backrefs" in node:
                node["backrefs"] = [f"{name}{suffix}" for name in node["backrefs"]]

    # bodies

    def _take_remarks(self) -> None:
        self.remarks: dict[str, list[Node]] = {}
        for node in self.by_class[annot.annot_source]:
            self.remarks.setdefault(node["key"], list(node.children))
            if node["ids"]:
                # labels lead to where it is defined
                put(node, nodes.target("", "", ids=node["ids"]))
            else:
                self.shelf.take(node)

    def _take_bodies(self) -> None:
        """Keep the notes written here by their number; fetch those of layers."""
        for node in self.by_class[annot.annot_note]:
            self.bodies[self.docname, node[INDEX]] = node
        for note in self.page.notes:
            if note.origin != self.docname:
                body = self.fragments.note(note.origin, note.index, self.docname, note.id)
                self.bodies[note.origin, note.index] = body
                for node in body.findall(nodes.inline):
                    if isinstance(node, annot.annot_cite | annot.annot_noteref):
                        node["annot_origin"] = note.origin
                        self.by_class[type(node)].append(node)

    # marks

    def _make_marks(self) -> None:
        for node in self.by_class[annot.annot_cite]:
            marks = self._page_marks(node, len(node["items"]))
            node.replace_self(self._source_marks(marks, node))
        for node in self.by_class[annot.annot_noteref]:
            (mark,) = self._page_marks(node, 1)
            note = self.notes_by_uid.get(mark.target)
            if not mark.label:
                node.parent.remove(node)
                continue
            self._replace_with_mark(node, mark, note)
        if self.edition.footnotes_beside(self.docname):
            for node in self.by_class[nodes.footnote_reference]:
                (mark,) = self._page_marks(node, 1)
                if mark.label:
                    self._replace_with_mark(node, mark, None)
        for node in self.by_class[annot.annot_lemma]:
            self._lemma_of_role(node)

    def _page_marks(self, node: Element, count: int) -> list[PageMark]:
        origin = node.get("annot_origin", self.docname)
        first = node[INDEX]
        return [
            self.page.marks.get((origin, first + number)) or self.copied_mark(origin, first + number)
            for number in range(count)
        ]

    def copied_mark(self, origin: str, index: int) -> PageMark:
        """Return a mark for a copy: the label that it has on the page where it counts, else its source's words."""
        mark = self.edition.docs[origin].marks[index]
        if mark.what != "cite":
            return PageMark(what=mark.what, target=mark.target)
        key = self.edition.key_of(origin, mark.target)
        if not key:
            return PageMark(what="cite", target=mark.target, label=mark.target, locator=mark.locator, series="sources")
        home = self.edition.index.home.get(key, "")
        label = self.edition.numbers(self.docname).get(key)
        return PageMark(
            what="cite",
            target=key,
            label=label or short_reference(self.edition.source_def(key).source),
            locator=mark.locator,
            series="sources",
            to=Way(docname=home, id=f"source-{key}") if home else None,
        )

    def _source_marks(self, marks: list[PageMark], node: Element) -> Node:
        made = source_marks(marks, self.links, self.language)
        made.source, made.line = node.source, node.line
        return made

    def _replace_with_mark(self, node: Element, mark: PageMark, note: PageNote | None) -> None:
        node["ids"] = []
        made = note_mark(mark, self.links, self.language, note)
        if mark.to is not None and mark.to.docname == self.docname:
            self.marks_of[mark.to.id].append(cast("annot.annot_mark", made))
        node.replace_self(made)

    def _lemma_of_role(self, node: Element) -> None:
        names = [
            uid for name in node.attributes.pop("targets", []) if (uid := self.edition.note_uid(self.docname, name))
        ]
        shown = [self.notes_by_uid[uid] for uid in names if uid in self.notes_by_uid]
        if shown:
            self.describe_lemma(node, shown[0])
        elif "notes" not in node:
            node.replace_self(node.children)

    def describe_lemma(self, node: Element, note: PageNote) -> None:
        """Give a lemma the attributes of its note."""
        node["notes"] = [note.id]
        node["kind"] = note.kind
        node["series"] = note.series
        if note.note.layer and note.origin != self.docname:
            node["layer"] = note.origin

    def kind_title(self, kind: str) -> str:
        """Return what a reader sees of a kind, in the page's language; nothing for none."""
        if not kind:
            return ""
        return self.domain.settings.kinds.get(kind, ("", ""))[0] or labels(self.language).get(f"kind_{kind}", kind)

    def _show_verdicts(self) -> None:
        from sphinx_annot.transforms.verdicts import Verdicts  # noqa: PLC0415 (few projects show them)

        suffix = f"--{self.edition.slug(self.docname)}" if self.assembled else ""
        verdicts = Verdicts(self.domain, self.language, suffix, self._holder)
        for node in self.by_class[annot.annot_passage]:
            verdicts.passage(node, self.docname)
        for node in self.by_class[annot.annot_quote]:
            verdicts.quote(node, self.docname)
        for (origin, _), body in self.bodies.items():
            if origin != self.docname:
                for node in list(body.findall(annot.annot_quote)):
                    verdicts.quote(node, origin)

    def _holder(self, node: Element) -> Element | None:
        """Return what something about a node stands in or behind: the note around it, or its block."""
        path = path_to(node, self.root)
        if path is None:
            return None
        note = next((part for part in path if isinstance(part, annot.annot_note)), None)
        return note if note is not None else outermost_closed(path)

    # the page as a whole

    @property
    def body(self) -> Element:
        """What lists are put at the end of: the one top-level section, or the document."""
        sections = [child for child in self.root.children if isinstance(child, nodes.section)]
        return sections[0] if len(sections) == 1 else self.root

    def append(self, node: Element, body: Element | None = None) -> None:
        """Put a node at the end of the document, before any other that is assembled into it."""
        body = body or self.body
        others = (n for n, child in enumerate(body.children) if _holds_document(child)) if self.assembled else iter(())
        body.insert(next(others, len(body.children)), node)


def _holds_document(node: Node) -> bool:
    return isinstance(node, nodes.Element) and next(node.findall(is_boundary), None) is not None
