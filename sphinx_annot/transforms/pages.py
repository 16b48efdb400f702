"""The page of a document: marks at their points, notes at their places, lists where they belong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import process_only_nodes

from sphinx_annot import nodes as annot
from sphinx_annot.language import direction, labels
from sphinx_annot.model.pages import PageMark, Way
from sphinx_annot.model.values import family_name, first_words, short_reference
from sphinx_annot.nodes import BLOCK, INDEX
from sphinx_annot.transforms.cutting import cut
from sphinx_annot.transforms.entries import entry
from sphinx_annot.transforms.fragments import Fragments, is_boundary
from sphinx_annot.transforms.header import fill_header
from sphinx_annot.transforms.lists import Lists
from sphinx_annot.transforms.lower import lower
from sphinx_annot.transforms.margin import chain_notes
from sphinx_annot.transforms.marks import Links, note_mark, source_marks
from sphinx_annot.transforms.reader import controls, number_paragraphs
from sphinx_annot.transforms.shelf import Shelf
from sphinx_annot.transforms.text import UNBROKEN, block_before, position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docutils.nodes import Element, Node
    from docutils.transforms import Transform

    from sphinx_annot.domain import AnnotDomain
    from sphinx_annot.model.pages import Page, PageNote
    from sphinx_annot.model.records import DocRecords

#: What a note may stand in. Inside anything else it would be cut off, or be no valid markup.
_HOLDERS = (nodes.section, nodes.document, nodes.list_item, nodes.block_quote, annot.annot_backmatter)
#: What is looked for in a tree, in the one pass over it.
_GATHERED = frozenset(
    (
        annot.annot_edition, annot.annot_source, annot.annot_passage, annot.annot_note, annot.annot_register,
        annot.annot_backmatter, annot.annot_cite, annot.annot_noteref, annot.annot_lemma, annot.annot_quote,
        nodes.footnote, nodes.footnote_reference, nodes.transition,
    )
)  # fmt: skip
_LISTS = (nodes.bullet_list, nodes.enumerated_list)


def make_pages(tree: nodes.document, domain: AnnotDomain, docname: str, resolvers: Sequence[type[Transform]]) -> None:
    """Make the pages of all documents in a tree; ``resolvers`` resolve cross-references in what comes from others."""
    assert domain.edition is not None  # noqa: S101 (the caller has looked)
    if domain.fragments is None:
        domain.fragments = Fragments(domain.env, domain.builder, resolvers)
    documents = _documents(tree, docname)
    for name, root in documents:
        if name in domain.edition.pages:
            PageMaker(domain, domain.fragments, name, root, assembled=len(documents) > 1).make()
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
        self._passages()
        self._cut()
        self._stand_notes()
        Lists(self).make()
        if self.domain.settings.quote_check == "show" and self.builder.format == "html":
            self._show_verdicts()
        for node in self.by_class[annot.annot_edition]:
            fill_header(cast("annot.annot_edition", node), self.doc, self.page, self.language)
        self._wrap()

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
        home = self.edition.home.get(key, "")
        label = self.edition.numbers[self.docname].get(key)
        return PageMark(
            what="cite",
            target=key,
            label=label or short_reference(self.edition.sources[key][1].source),
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
            self._describe_lemma(node, shown[0])
        elif "notes" not in node:
            node.replace_self(node.children)

    def _describe_lemma(self, node: Element, note: PageNote) -> None:
        node["notes"] = [note.id]
        node["kind"] = note.kind
        node["series"] = note.series
        if note.note.layer and note.origin != self.docname:
            node["layer"] = note.origin

    # lemmas

    def _cut(self) -> None:
        """Put the marks of notes at their anchors, and wrap their lemmas."""
        spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        marks: dict[int, list[tuple[int, Node]]] = defaultdict(list)
        below: list[tuple[PageNote, annot.annot_mark]] = []
        by_id = {note.id: note for note in self.page.notes}
        for note in self.page.notes:
            place = note.placement
            if not note.anchor_mark or place.end is None:
                continue
            mark = self._anchor_mark(note)
            block = self.blocks.get(place.end.block)
            if place.below or block is None or isinstance(block, UNBROKEN):
                below.append((note, mark))
                continue
            marks[place.end.block].append((place.end.offset, mark))
            if place.start is None:
                continue
            for number in range(place.start.block, place.end.block + 1):
                start = place.start.offset if number == place.start.block else 0
                end = place.end.offset if number == place.end.block else len(self.doc.blocks[number])
                if start < end and number in self.blocks and not isinstance(self.blocks[number], UNBROKEN):
                    spans[number].append((start, end, note.id))
        for number in sorted({*spans, *marks}):
            for lemma in cut(self.blocks[number], spans[number], marks[number]):
                self._describe_lemma(lemma, by_id[lemma["notes"][0]])
        for note, mark in below:
            self._mark_below(note, mark)

    def _anchor_mark(self, note: PageNote) -> annot.annot_mark:
        way = Way(docname=self.docname, id=note.id)
        mark = PageMark(what="note", target=note.uid, id=note.anchor_mark, label=note.label, series=note.series, to=way)
        made = cast("annot.annot_mark", note_mark(mark, self.links, self.language, note))
        made["anchor"] = True
        self.marks_of[note.id].append(made)
        return made

    def _mark_below(self, note: PageNote, mark: annot.annot_mark) -> None:
        """Put a mark on a line of its own below a block that cannot hold it."""
        own = self.bodies.get((note.origin, note.index))
        block: Element | None = None
        if note.placement.below and own is not None and own.parent is not None:
            block = block_before(own)
        elif note.placement.end is not None:
            block = self.blocks.get(note.placement.end.block)
        if (
            block is not None
            and isinstance(block.parent, nodes.container)
            and "literal-block-wrapper" in block.parent["classes"]
        ):
            block = block.parent
        line = self._markline(block, own)
        line += mark

    def _markline(self, block: Element | None, own: Element | None) -> Element:
        anchor = block if block is not None and block.parent is not None else own
        if anchor is None or anchor.parent is None:
            line = annot.annot_markline("")
            self.body.append(line)
            return line
        parent = anchor.parent
        index = position(anchor) + 1
        if index < len(parent.children) and isinstance(parent.children[index], annot.annot_markline):
            return cast("Element", parent.children[index])
        line = annot.annot_markline("")
        parent.insert(index, line)
        return line

    # notes at their places

    def _stand_notes(self) -> None:
        order = self._in_page_order()
        self.at_end: list[annot.annot_note] = []
        self.orphans: list[annot.annot_note] = []
        self.unmarked: list[annot.annot_note] = []
        for item in order:
            self._stand(item)
        self.standing = [node for node, _ in order]
        self._clear_footnote_rule()
        self.shelf.settle()

    def _in_page_order(self) -> list[tuple[annot.annot_note, PageNote | None]]:
        """Return the notes and the author's footnotes, in the order in which their marks come."""
        items: dict[str, tuple[annot.annot_note, PageNote | None]] = {}
        for note in self.page.notes:
            node = self.bodies.get((note.origin, note.index))
            if node is not None:
                self._describe_note(cast("annot.annot_note", node), note)
                items[note.id] = (cast("annot.annot_note", node), note)
        for footnote in self.by_class[nodes.footnote] if self.edition.footnotes_beside(self.docname) else ():
            made = self._footnote(cast("nodes.footnote", footnote))
            if made is not None:
                items[made["ids"][0]] = (made, None)
        return [items[name] for name in self.page.order if name in items]

    def _describe_note(self, node: annot.annot_note, note: PageNote) -> None:
        text = labels(self.language)
        node["ids"] = [note.id]
        node["label"], node["series"], node["kind"] = note.label, note.series, note.kind
        node["kind_title"] = self.kind_title(note.kind)
        node["by"] = note.note.by
        node["state"] = note.placement.state
        node["words"] = first_words(note.placement.words or note.note.on, 80)
        node["placement"] = note.note.placement or self.domain.settings.placement
        if note.note.layer and note.origin != self.docname:
            node["layer"] = note.origin
        name = text["note_mark"].format(mark=note.label)
        node["name"] = ", ".join(
            part for part in (name, node["kind_title"], note.note.by and text["by"].format(names=note.note.by)) if part
        )
        self._backlinks(node, note.label, [Way(docname=self.docname, id=mark) for mark in note.marks] + note.ways)

    def kind_title(self, kind: str) -> str:
        """Return what a reader sees of a kind, in the page's language; nothing for none."""
        if not kind:
            return ""
        return self.domain.settings.kinds.get(kind, ("", ""))[0] or labels(self.language).get(f"kind_{kind}", kind)

    def _backlinks(self, node: Element, label: str, ways: list[Way]) -> None:
        text = labels(self.language)["back_mark"]
        only = len(ways) == 1
        names = [text.format(mark=label if only else f"{label} ({number})") for number in range(1, len(ways) + 1)]
        node["ways"] = self.links.ways_back(ways, names)

    def _footnote(self, footnote: nodes.footnote) -> annot.annot_note | None:
        """Turn an author's footnote into a note beside the text."""
        found = self.page.footnotes.get(footnote["ids"][0] if footnote["ids"] else "")
        if found is None:
            return None
        label = found.footnote.label
        body = [child for child in footnote.children if not isinstance(child, nodes.label)]
        node = annot.annot_note("", *body, ids=[found.id], label=label, series="footnotes", kind="", by="")
        node["kind_title"] = ""
        node["state"] = "mark" if found.marks else "unmarked"
        node["placement"] = self.domain.settings.placement
        node["name"] = labels(self.language)["footnote_mark"].format(mark=label)
        node["words"] = ""
        self._backlinks(node, label, [Way(docname=self.docname, id=mark) for mark in found.marks])
        self.shelf.take(footnote)
        return node

    def _stand(self, item: tuple[annot.annot_note, PageNote | None]) -> None:
        node, note = item
        state = node["state"]
        first = next(iter(self.marks_of.get(node["ids"][0], ())), None)
        if state == "orphan" or (state == "unmarked" and note is None):
            self.shelf.take(node)
            (self.orphans if note is not None else self.unmarked).append(node)
            return
        path = self._path(first) if first is not None else None
        if path is None:
            # no mark on this page: it stays where it was written
            path = self._path(node)
        if path is None or node["placement"] == "end":
            self.shelf.take(node)
            self.at_end.append(node)
            return
        if node["placement"] == "foot":
            self.shelf.take(node)
            section = next((part for part in reversed(path) if isinstance(part, nodes.section)), self.root)
            self.shelf.put_at_foot(section, node)
            return
        block = _outermost_closed(path)
        if block is not node:
            self.shelf.take(node)
            self.shelf.put_behind(block, node)

    def _path(self, node: Node) -> list[Element] | None:
        """Return what a node stands in, from the document inwards to itself; None if it hangs nowhere."""
        path = [cast("Element", node)]
        while path[-1] is not self.root:
            if path[-1].parent is None:
                return None
            path.append(path[-1].parent)
        path.reverse()
        return path

    def _clear_footnote_rule(self) -> None:
        """Take away the rule that MyST puts before footnotes, once all of them have moved."""
        if self.edition.footnotes_beside(self.docname):
            for node in self.by_class[nodes.transition]:
                if "footnotes" in node["classes"]:
                    self.shelf.take(node)

    # passages

    def _passages(self) -> None:
        uids = self.edition.passages_of[self.docname]
        for node, uid in zip(self.by_class[annot.annot_passage], uids, strict=False):
            node["ids"] = [f"passage-{uid}"]
            key = self.edition.key_of(self.docname, node["source_key"])
            source = self.edition.sources[key][1].source if key else None
            if source is not None:
                node["cite"] = source.url
            if node["language"]:
                node["lang"], node["dir"] = node["language"], direction(node["language"])
            if node["original"]:
                self._original(node)
            for attribution in node.findall(annot.annot_attribution):
                self._attribution(attribution, node, key)

    def _original(self, node: Element) -> None:
        text = labels(self.language)
        paragraph = nodes.paragraph("", "", classes=["annot-original"])
        paragraph += annot.annot_generated("", text["original"] + ": ")
        paragraph += nodes.Text(node["original"])
        index = next(
            (n for n, c in enumerate(node.children) if isinstance(c, annot.annot_attribution)), len(node.children)
        )
        node.insert(index, paragraph)

    def _attribution(self, node: Element, passage: Element, key: str) -> None:
        words: list[Node] = []
        if passage["speaker"]:
            words.append(nodes.Text(passage["speaker"]))
        if key:
            reference = short_reference(self.edition.sources[key][1].source)
            # an author who speaks is not named twice
            if passage["speaker"]:
                reference = reference.removeprefix(family_name(passage["speaker"])).strip()
            if reference and reference != passage["speaker"]:
                if words:
                    words.append(nodes.Text(", "))
                way = Way(docname=self.docname, id=self.edition.source_id(key, self.docname))
                words.append(self.links.reference(reference, way))
        if passage["locator"]:
            if words:
                words.append(nodes.Text(", "))
            words.append(nodes.Text(passage["locator"]))
        if words and node.children:
            words.append(nodes.Text(" "))
        node[0:0] = words

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
        path = self._path(node)
        if path is None:
            return None
        note = next((part for part in path if isinstance(part, annot.annot_note)), None)
        return note if note is not None else _outermost_closed(path)

    # the page as a whole

    @property
    def body(self) -> Element:
        """What lists are put at the end of: the one top-level section, or the document."""
        sections = [child for child in self.root.children if isinstance(child, nodes.section)]
        return sections[0] if len(sections) == 1 else self.root

    def _is_whole(self, section: Element) -> bool:
        return all(
            child is section
            or isinstance(child, nodes.Invisible | nodes.target | nodes.system_message)
            or is_boundary(child)
            for child in self.root.children
        )

    def append(self, node: Element, body: Element | None = None) -> None:
        """Put a node at the end of the document, before any other that is assembled into it."""
        body = body or self.body
        others = (n for n, child in enumerate(body.children) if _holds_document(child)) if self.assembled else iter(())
        body.insert(next(others, len(body.children)), node)

    def _wrap(self) -> None:
        if self.builder.format != "html":
            return
        body = self.body
        header = self.doc.header
        # a section's writer is Sphinx's, and it writes no language
        if body is self.root or not self._is_whole(body) or (header and header.source.language):
            wrapper = annot.annot_body("", *self.root.children)
            self.root.children = []
            self.root += wrapper
            body = wrapper
        body["classes"].append("annot-edition")
        if header and header.source.language:
            body["lang"], body["dir"] = header.source.language, direction(header.source.language)
        self._equip(body)

    def _equip(self, body: Element) -> None:
        """Give the page what its stylesheet and its script need."""
        text, settings = labels(self.language), self.domain.settings
        notes = self.standing
        for node in self.by_class[annot.annot_backmatter]:
            node["name"] = text["backmatter"]
        paper = self.builder.name == "epub"
        # in a project of editions other annotated pages stay as they are
        is_edition = self.doc.header is not None or not self.edition.editions
        if is_edition and settings.reader_controls and not paper:
            self._add_controls(body, notes, text)
        tail = annot.annot_tail("")
        if is_edition and settings.paragraph_numbers:
            suffix = f"--{self.edition.slug(self.docname)}" if self.builder.name == "singlehtml" else ""
            if number_paragraphs(self.root, suffix, text):
                body["classes"].append("annot-numbered")
                tail["citation"] = self._citation()
                tail["actions"] = [text[name] for name in ("copy_link", "copy_citation", "copied")]
        tail["folded"], tail["open"] = chain_notes(self.root, notes, body, text["more"])
        if not paper and (tail["open"] or "citation" in tail):
            self.append(tail, body)

    def _add_controls(self, body: Element, notes: list[annot.annot_note], text: Mapping[str, str]) -> None:
        made = controls(
            notes,
            self.kind_title,
            lambda name: self.domain.settings.series[name].title,
            lambda name: self.edition.docs[name].title,
            text,
        )
        if made is None:
            return
        header = next(iter(self.by_class[annot.annot_edition]), None)
        if header is not None and header.parent is not None:
            header.parent.insert(position(header) + 1, made)
        else:
            section = next((child for child in (body, *body.children) if isinstance(child, nodes.section)), body)
            section.insert(int(bool(section.children) and isinstance(section.children[0], nodes.title)), made)

    def _citation(self) -> str:
        """Return the edition as one cites it, up to the place in it."""
        header = self.doc.header
        if header is None:
            return self.doc.title
        source = replace(header.source, title=header.source.title or self.doc.title)
        source = replace(source, url="", archive_url="", doi="", accessed="", rights="", language="")
        return "".join(node.astext() for node in entry(source, self.language)).removesuffix(".")


def _outermost_closed(path: list[Element]) -> Element:
    """Return the block that a note stands behind: the first thing on the way to its mark that cannot hold it."""
    for number, node in enumerate(path):
        if number == 0 or isinstance(node, _LISTS) or is_boundary(node):
            continue
        if isinstance(node, _HOLDERS) and not isinstance(node, annot.annot_passage):
            continue
        return node
    return path[-1]


def _holds_document(node: Node) -> bool:
    return isinstance(node, nodes.Element) and next(node.findall(is_boundary), None) is not None
