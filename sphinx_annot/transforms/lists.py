"""The lists of a page: its sources, its registers, notes at its end, notes without a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinx_annot import nodes as annot
from sphinx_annot.language import direction, labels
from sphinx_annot.model.values import reference_after
from sphinx_annot.nodes import INDEX
from sphinx_annot.transforms.entries import entry
from sphinx_annot.transforms.marks import source_marks
from sphinx_annot.transforms.text import position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Element, Node

    from sphinx_annot.model.pages import Entry, NoteRow, PageRegister, PassageRow, Way
    from sphinx_annot.transforms.pages import PageMaker


class Lists:
    """Makes the lists of one page."""

    def __init__(self, maker: PageMaker) -> None:
        self.maker = maker
        self.page = maker.page
        self.language = maker.language
        self.text = labels(maker.language)
        self.links = maker.links
        self._copies = 0

    def make(self) -> None:
        """Fill the registers, and put at the end what has no other place."""
        for node in self.maker.by_class[annot.annot_register]:
            self._register(node)
        # a commentary takes the notes themselves, of which registers have copies
        self._commentaries()
        self._notes("notes", self.maker.at_end)
        self._notes("footnotes", self.maker.unmarked)
        self._notes("orphans", self.maker.orphans)
        if self.page.entries and self.page.list_register < 0:
            self.maker.append(self._list("sources", [self._entry(item) for item in self.page.entries]))

    # shapes

    def _list(
        self, what: str, items: Sequence[Node], *, heading: bool = True, ordered: bool = True
    ) -> annot.annot_list:
        """Return a list under its heading; one that stands under a heading of the author's has none of its own."""
        made = annot.annot_list("", what=what, title=self.text[what])
        if heading:
            made += annot.annot_heading("", self.text[what])
        if ordered:
            made += annot.annot_items("", *items)
        else:
            made.extend(items)
        return made

    def _notes(self, what: str, notes: Sequence[annot.annot_note]) -> None:
        if notes:
            self.maker.append(self._list(what, notes, ordered=False))

    # sources

    def _entry(self, item: Entry) -> annot.annot_item:
        made = annot.annot_item("", label=item.label)
        if item.id:
            made["ids"] = [item.id]
        if item.source.language:
            made["lang"], made["dir"] = item.source.language, direction(item.source.language)
        words = entry(item.source, self.language)
        if item.edition is not None:
            words = self._led(words, item.source.title, item.edition)
        elif item.home is not None and not item.ways and item.home.id != item.id:
            # nothing leads back from here, so it leads on to the full entry
            words = self._led(words, item.source.title, item.home)
        paragraph = annot.annot_entry("", "", *words)
        made += paragraph
        if item.remark:
            made.extend(self._remark(item))
        self._ways(made, paragraph, item)
        return made

    def _led(self, words: list[Node], title: str, way: Way) -> list[Node]:
        """Make the title a link to where the source itself, or its full entry, stands."""
        for number, node in enumerate(words):
            before, found, after = node.astext().partition(title) if title else ("", "", "")
            if not found or isinstance(node, nodes.reference):
                continue
            inner = nodes.Text(title) if isinstance(node, nodes.Text) else node
            link = self.links.lead(nodes.reference("", "", inner, internal=True), way)
            parts = [nodes.Text(before), link, nodes.Text(after)] if isinstance(node, nodes.Text) else [link]
            return [*words[:number], *parts, *words[number + 1 :]]
        return [*words, nodes.Text(" "), self.links.reference("→", way)]

    def _remark(self, item: Entry) -> list[Node]:
        if item.remark == self.maker.docname:
            found = self.maker.remarks.get(item.source.key, [])
        else:
            found = self.maker.fragments.remark(item.remark, item.source.key, self.maker.docname, f"source-{item.key}")
            for node in found:
                self._copy_marks(cast("Element", node), item.remark, self.maker.docname)
        return [nodes.container("", *found, classes=["annot-remark"])] if found else []

    def _ways(self, made: Element, paragraph: Element, item: Entry) -> None:
        """Add the ways back: an arrow for each mark on this page, the citing sentence for each one elsewhere."""
        own = [way for way in item.ways if way.docname == self.maker.docname]
        others = [way for way in item.ways if way.docname != self.maker.docname]
        back = self.text["back"]
        names = [f"{back}: {way.words}" if way.words else f"{back} ({number})" for number, way in enumerate(own, 1)]
        paragraph["ways"] = self.links.ways_back(own, names)
        if not others:
            return
        titles = {way.docname: self.maker.edition.docs[way.docname].title or way.docname for way in others}
        lines = [(self.links.address(way), titles[way.docname], way.words) for way in others]
        made += annot.annot_cited("", name=self.text["cited_in"], lines=lines)

    # registers

    def _register(self, node: Element) -> None:
        register = self.page.registers[node[INDEX]] if node[INDEX] < len(self.page.registers) else None
        if register is None or not node["of"]:
            node.parent.remove(node)
            return
        items = self._items(node, register)
        previous = node.parent.children[position(node) - 1] if position(node) else None
        headed = isinstance(previous, nodes.title | nodes.rubric)
        own = node[INDEX] == self.page.list_register
        made = self._list(node["of"], items, heading=not headed and (own or not self._stands_alone(node)))
        made["own"] = own
        made["classes"] += node["classes"]
        made["ids"] = node["ids"]
        made["names"] = node["names"]
        if not items:
            made.pop(-1)
            made += nodes.paragraph("", "", annot.annot_generated("", self.text["empty"]))
        node.replace_self(made)

    def _stands_alone(self, node: Element) -> bool:
        """Say whether the author's own words introduce a register, so that it needs no heading of ours."""
        index = position(node)
        return index > 0 and isinstance(node.parent.children[index - 1], nodes.paragraph)

    def _items(self, node: Element, register: PageRegister) -> list[Node]:
        match node["of"]:
            case "sources":
                return [self._entry(item) for item in register.sources]
            case "notes":
                return [self._row(row) for row in register.notes]
            case _:
                return [self._passage(row) for row in register.passages]

    def _row(self, row: NoteRow) -> annot.annot_item:
        """Return a note as a commentary has it: its words, a bracket, the note, who wrote it."""
        return self._commented(row, self._copy(row))

    def _commented(self, row: NoteRow, body: list[Node]) -> annot.annot_item:
        made = annot.annot_item("", label=row.label, series=row.series, kind=row.kind, by=row.by, note=True)
        lead = nodes.inline("", "", classes=["annot-row-head"])
        if row.lemma and row.to is not None:
            lead += self.links.reference(row.lemma, row.to, "annot-row-lemma")
            lead += annot.annot_generated("", "] ")
        elif row.to is not None:
            lead += self.links.reference(self.maker.edition.docs[row.to.docname].title, row.to, "annot-row-lemma")
            lead += annot.annot_generated("", ": ")
        if row.orphan:
            lead += annot.annot_generated("", f"({self.text['note_orphan']}) ")
        title = self.maker.kind_title(row.kind)
        if title:
            lead += annot.annot_generated("", f"{title}. ", classes=["annot-kind"])
        if body and isinstance(body[0], nodes.paragraph):
            body[0].insert(0, lead)
        else:
            body.insert(0, nodes.paragraph("", "", lead))
        signature = [annot.annot_generated("", row.by, classes=["annot-by"])] if row.by else []
        signature += [annot.annot_generated("", f"({row.document})")] if row.document else []
        if signature and not isinstance(body[-1], nodes.paragraph):
            body.append(nodes.paragraph())
        for part in signature:
            cast("Element", body[-1]).extend([nodes.Text(" "), part])
        made.extend(body)
        return made

    def _copy(self, row: NoteRow) -> list[Node]:
        """Return a copy of a note's words, without ids."""
        self._copies += 1
        host = row.to.docname if row.to is not None else row.origin
        kept = self.maker.bodies.get((row.origin, row.index)) if row.origin == self.maker.docname else None
        if kept is not None:
            body = kept.deepcopy()
        else:
            prefix = f"annot-copy-{self._copies}"
            body = self.maker.fragments.note(row.origin, row.index, self.maker.docname, prefix)
            self._copy_marks(body, row.origin, host)
        if kept is not None:
            for node in body.findall(nodes.Element):
                node["ids"] = []
        return list(body.children)

    def _copy_marks(self, body: Element, origin: str, host: str) -> None:
        """Make the marks in a copy: the labels of the page where they count, linked there, without ids."""
        page = self.maker.edition.pages[host]
        for node in list(body.findall(nodes.inline)):
            if isinstance(node, annot.annot_cite):
                marks = [
                    page.marks.get((origin, node[INDEX] + number))
                    or self.maker.copied_mark(origin, node[INDEX] + number)
                    for number in range(len(node["items"]))
                ]
                node.replace_self(source_marks(marks, self.links, self.language, copy=True))
            elif isinstance(node, annot.annot_noteref):
                mark = page.marks.get((origin, node[INDEX]))
                if mark is None or mark.to is None:
                    node.replace_self(nodes.Text(mark.label if mark else ""))
                else:
                    node.replace_self(self.links.reference(self.text["note_mark"].format(mark=mark.label), mark.to))

    def _passage(self, row: PassageRow) -> annot.annot_item:
        made = annot.annot_item("", label="")
        paragraph = nodes.paragraph()
        paragraph += self.links.reference(row.text, row.to, "annot-row-lemma")
        parts = [row.speaker, reference_after(row.speaker, row.source) if row.source else "", row.locator]
        words = ", ".join(dict.fromkeys(part for part in parts if part))
        title = self.maker.edition.docs[row.to.docname].title
        if row.to.docname != self.maker.docname:
            words = f"{words} ({title})" if words else title
        if words:
            paragraph += nodes.Text(" ")
            paragraph += annot.annot_generated("", words, classes=["annot-by"])
        if self.maker.domain.settings.quote_check == "show":
            self._label_verdict(paragraph, row.to.id.removeprefix("passage-"))
        made += paragraph
        return made

    def _label_verdict(self, paragraph: Element, uid: str) -> None:
        item = self.maker.domain.check.passages.get(uid)
        if item is not None and item.quotation.key:
            words = f" ({self.text[f'verdict_{item.verdict.kind}']})"
            paragraph += annot.annot_generated("", words, classes=["annot-verdict-label"])

    # what is written here and stands elsewhere

    def _commentaries(self) -> None:
        """Turn each run of notes on other documents into a commentary where they were written."""
        for node in self.maker.by_class[annot.annot_note]:
            if node.parent is None or node[INDEX] not in self.page.commentary or "label" in node:
                continue
            run = self._run_of(node)
            items = [self._written(cast("annot.annot_note", item)) for item in run]
            made = annot.annot_list("", annot.annot_items("", *items), what="commentary", title=self.text["commentary"])
            parent = node.parent
            parent.insert(position(run[0]), made)
            for item in run:
                parent.remove(item)
                item.parent = None

    def _run_of(self, node: Element) -> list[Element]:
        siblings = node.parent.children
        run = [node]
        for sibling in siblings[position(node) + 1 :]:
            if isinstance(sibling, nodes.Invisible | nodes.comment | nodes.footnote):
                continue
            if not (isinstance(sibling, annot.annot_note) and sibling.get(INDEX) in self.page.commentary):
                break
            run.append(sibling)
        return run

    def _written(self, node: annot.annot_note) -> annot.annot_item:
        row = self.page.commentary[node[INDEX]]
        made = self._commented(row, list(node.children))
        made["ids"] = node["ids"]
        return made
