"""From the scans of all documents to their pages: ids, labels, ways there and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_annot.model.numbering import sort_key
from sphinx_annot.model.pages import (
    ROW_LENGTH,
    Entry,
    NoteRow,
    Page,
    PageFootnote,
    PageMark,
    PageNote,
    PageRegister,
    PassageRow,
    Way,
)
from sphinx_annot.model.values import family_name, first_words, printed_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.records import Mark, Register, Source
    from sphinx_annot.model.scanning import Scan


class Pages(Mapping[str, Page]):
    """The pages of an edition in reading order, each made when it is asked for."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.index = edition.index
        self._pages: dict[str, Page] = {}
        self._whole: set[str] = set()
        self._notes: dict[str, dict[str, PageNote]] = {}
        #: document -> key -> the marks on its page that cite it, in reading order
        self._cites: dict[str, dict[str, list[Way]]] = {}
        #: document -> note of another page -> the marks of it here
        self._elsewhere: dict[str, dict[str, list[Way]]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.edition.order)

    def __len__(self) -> int:
        return len(self.edition.order)

    def __contains__(self, docname: object) -> bool:
        return docname in self.edition.rank

    def __getitem__(self, docname: str) -> Page:
        page = self._marked(docname)
        if docname not in self._whole:
            self._whole.add(docname)
            for note in page.notes:
                note.ways = self._ways_to_note(note.uid, docname)
            page.entries = tuple(self._entry(key, docname) for key in self.edition.numbers(docname))
            page.list_register = self.index.list_registers.get(docname, -1)
            page.registers = tuple(
                self._register(docname, index, item) for index, item in enumerate(self.edition.docs[docname].registers)
            )
            self._commentary(page)
        return page

    def _marked(self, docname: str) -> Page:
        """Return a page with its marks and notes, without what it needs other pages for."""
        if docname not in self._pages:
            self._cites[docname] = defaultdict(list)
            self._elsewhere[docname] = defaultdict(list)
            self._pages[docname] = self._mark_page(docname)
        return self._pages[docname]

    def _ways_to_source(self, key: str) -> list[Way]:
        ways: list[Way] = []
        for docname in self.index.citing.get(key, ()):
            self._marked(docname)
            ways += self._cites[docname][key]
        return ways

    def _ways_to_note(self, uid: str, docname: str) -> list[Way]:
        ways: list[Way] = []
        for other in self.edition.marking(uid):
            if other != docname:
                self._marked(other)
                ways += self._elsewhere[other][uid]
        return ways

    # marks and notes

    def _mark_page(self, docname: str) -> Page:
        page = Page(docname=docname)
        scan = self.edition.scan(docname)
        notes = {shown.uid: shown for shown in scan.notes}
        for shown in scan.notes:
            page.notes.append(
                PageNote(
                    origin=shown.origin,
                    index=shown.index,
                    uid=shown.uid,
                    id=f"ednote-{shown.uid}",
                    note=shown.note,
                    placement=shown.placement,
                    series=self.edition.series_of(shown.note),
                    label=scan.labels[shown.uid],
                    kind=shown.note.kind,
                )
            )
        by_uid = self._notes[docname] = {note.uid: note for note in page.notes}
        self._footnotes(page, scan)
        counts: dict[str, int] = defaultdict(int)
        for origin, index, anchored in scan.visits:
            if anchored is not None:
                note = by_uid[anchored.uid]
                note.anchor_mark = self._count(counts, f"mark-{anchored.uid}")
                note.marks.append(note.anchor_mark)
            else:
                mark = self.edition.docs[origin].marks[index]
                page.marks[origin, index] = self._mark(page, origin, mark, counts, by_uid)
        page.order = [
            by_uid[name].id if what == "note" else page.footnotes[name].id
            for what, name in scan.order
            if what == "note" or name in page.footnotes
        ]
        # those who wrote in the document itself come before those of layers
        by = sorted(notes.values(), key=lambda shown: shown.origin != docname)
        page.header_id = self.edition.header_id(docname)
        page.annotators = tuple(dict.fromkeys(shown.note.by for shown in by if shown.note.by))
        return page

    @staticmethod
    def _count(counts: dict[str, int], name: str, *, first: bool = False) -> str:
        """Return the next id of a name; the first one has a number of its own only if asked for."""
        counts[name] += 1
        return name if counts[name] == 1 and not first else f"{name}--{counts[name]}"

    def _footnotes(self, page: Page, scan: Scan) -> None:
        if not self.edition.footnotes_beside(page.docname):
            return
        numbers = {item.id: number for number, item in enumerate(scan.doc.footnotes, 1)}
        records = {item.id: item for item in scan.doc.footnotes}
        for name in scan.footnotes:
            item = records[name]
            # a symbol is no part of an id
            element = f"footnote-{item.label}" if item.label.isalnum() else f"footnote-s{numbers[name]}"
            page.footnotes[name] = PageFootnote(footnote=item, id=element)

    def _mark(
        self, page: Page, origin: str, mark: Mark, counts: dict[str, int], notes: Mapping[str, PageNote]
    ) -> PageMark:
        if mark.what == "cite":
            return self._cite(page.docname, origin, mark, counts)
        if mark.what == "note":
            return self._noteref(page.docname, origin, mark, counts, notes)
        footnote = page.footnotes.get(mark.target) if origin == page.docname else None
        if footnote is None:
            return PageMark(what="footnote", target=mark.target, series="footnotes")
        name = self._count(counts, f"mark-{footnote.id}")
        footnote.marks.append(name)
        way = Way(docname=page.docname, id=footnote.id)
        label = footnote.footnote.label
        return PageMark(what="footnote", target=mark.target, id=name, label=label, series="footnotes", to=way)

    def _cite(self, docname: str, origin: str, mark: Mark, counts: dict[str, int]) -> PageMark:
        key = self.edition.key_of(origin, mark.target)
        if not key:
            return PageMark(what="cite", target=mark.target, label=mark.target, locator=mark.locator, series="sources")
        if self.index.home[key] == docname:
            name = self._count(counts, f"cite-{key}")
        else:
            name = self._count(counts, f"cite-{key}--{self.edition.slug(docname)}", first=True)
        self._cites[docname][key].append(Way(docname=docname, id=name, words=mark.sentence))
        return PageMark(
            what="cite",
            target=key,
            id=name,
            label=self.edition.numbers(docname)[key],
            locator=mark.locator,
            series="sources",
            to=Way(docname=docname, id=self.edition.source_id(key, docname)),
        )

    def _noteref(
        self, docname: str, origin: str, mark: Mark, counts: dict[str, int], notes: Mapping[str, PageNote]
    ) -> PageMark:
        uid = self.edition.note_uid(origin, mark.target)
        if not uid:
            label = "" if mark.target in self.index.excluded else mark.target
            return PageMark(what="note", target=mark.target, label=label, series="notes")
        host = self.index.page_of(uid)
        if uid in notes:
            name = self._count(counts, f"mark-{uid}")
            notes[uid].marks.append(name)
            if not notes[uid].in_text:
                notes[uid].sentence, notes[uid].in_text = mark.sentence, not mark.owner
        else:
            name = self._count(counts, f"mark-{uid}--{self.edition.slug(docname)}", first=True)
            self._elsewhere[docname][uid].append(Way(docname=docname, id=name))
        return PageMark(
            what="note",
            target=uid,
            id=name,
            label=self.index.words["ednote"][uid],
            series=self.edition.series_of(self.edition.shown_note(uid).note),
            to=Way(docname=host, id=f"ednote-{uid}"),
        )

    # lists

    def _entry(self, key: str, docname: str) -> Entry:
        """Return a source in the own list of a document; its home list leads to the marks of all pages."""
        home = self.index.home[key]
        own = self._cites[docname].get(key, [])
        wanted = home == docname or docname in self.index.collectors
        others = [way for way in self._ways_to_source(key) if way.docname != docname] if wanted else []
        return self._plain_entry(
            key,
            id=self.edition.source_id(key, docname),
            label=self.edition.numbers(docname)[key],
            ways=(*own, *others),
            at_home=home == docname,
        )

    def _plain_entry(self, key: str, *, id: str, label: str, ways: tuple[Way, ...], at_home: bool) -> Entry:  # noqa: A002 (the field's name)
        item = self.edition.source_def(key)
        is_edition = bool(self.edition.edition_of(key))
        return Entry(
            key=key,
            source=item.source,
            id=id,
            label=label,
            ways=ways,
            home=Way(docname=self.index.home[key], id=f"source-{key}"),
            edition=Way(docname=self.index.editions[key][0], id=self.index.editions[key][1]) if is_edition else None,
            remark=self.index.sources[key] if at_home and item.remark else "",
        )

    def _register(self, docname: str, index: int, register: Register) -> PageRegister:
        documents = self.edition.register_documents(docname, register.docs)
        if register.of == "sources":
            page = self._pages[docname]
            if index == page.list_register:
                return PageRegister(sources=self._sorted_entries(page.entries, register.sort))
            return PageRegister(sources=self._source_rows(docname, documents, register))
        if register.of == "notes":
            return PageRegister(notes=tuple(self._note_rows(documents, register)))
        if register.of == "passages":
            return PageRegister(passages=tuple(self._passage_rows(documents, register)))
        return PageRegister()

    def _source_rows(self, docname: str, documents: Iterable[str], register: Register) -> tuple[Entry, ...]:
        rows: dict[str, Entry] = {}
        own = set(self.index.lists[docname])
        for document in documents:
            for key, label in self.edition.numbers(document).items():
                source = self.edition.source_def(key).source
                if key in rows or not _wanted_source(source, register):
                    continue
                home = self.index.home[key] == docname and key not in own
                rows[key] = self._plain_entry(
                    key,
                    id=f"source-{key}" if home else "",
                    label=label,
                    ways=tuple(self._ways_to_source(key)) if home else (),
                    at_home=home,
                )
        return self._sorted_entries(tuple(rows.values()), register.sort)

    @staticmethod
    def _sorted_entries(entries: tuple[Entry, ...], sort: str) -> tuple[Entry, ...]:
        match sort:
            case "author":
                return tuple(sorted(entries, key=lambda entry: _author_key(entry.source)))
            case "date":
                return tuple(sorted(entries, key=lambda entry: (not entry.source.issued, entry.source.issued)))
            case "title":
                return tuple(sorted(entries, key=lambda entry: entry.source.title.casefold()))
            case _:
                return tuple(sorted(entries, key=lambda entry: sort_key(entry.label)))

    def _note_rows(self, documents: Iterable[str], register: Register) -> list[NoteRow]:
        rows = [
            (note, self._note_row(document, note))
            for document in documents
            for note in self._marked(document).notes
            if (not register.kind or note.kind == register.kind) and (not register.by or note.note.by == register.by)
        ]
        match register.sort:
            case "kind":
                rows.sort(key=lambda row: row[1].kind)
            case "by":
                rows.sort(key=lambda row: row[1].by)
            case "date":
                rows.sort(key=lambda row: row[0].note.date)
        found = [row for _, row in rows]
        self._tell_apart(found)
        return found

    def _tell_apart(self, rows: Collection[NoteRow]) -> None:
        """Let rows of several documents name theirs: the labels of notes begin anew in each."""
        if len({row.to.docname for row in rows if row.to}) > 1:
            for row in rows:
                row.document = self.edition.docs[row.to.docname].title if row.to and row.lemma else ""

    @staticmethod
    def _note_row(document: str, note: PageNote) -> NoteRow:
        return NoteRow(
            origin=note.origin,
            index=note.index,
            label=note.label,
            series=note.series,
            lemma=first_words(note.placement.words or note.note.on or note.sentence, ROW_LENGTH),
            kind=note.kind,
            by=note.note.by,
            to=Way(docname=document, id=note.anchor_mark or (note.marks[0] if note.marks else note.id)),
            orphan=note.placement.state == "orphan",
        )

    def _passage_rows(self, documents: Iterable[str], register: Register) -> list[PassageRow]:
        rows = []
        for document, uid in ((name, uid) for name in documents for uid in self.edition.passages_of(name)):
            passage = self.edition.passage(uid)
            if register.source and passage.source != register.source:
                continue
            if register.by and passage.speaker != register.by:
                continue
            key = self.edition.key_of(document, passage.source)
            rows.append(
                PassageRow(
                    text=first_words(passage.text, ROW_LENGTH),
                    speaker=passage.speaker,
                    locator=passage.locator,
                    source=self.edition.source_def(key).source if key else None,
                    to=Way(docname=document, id=f"passage-{uid}"),
                )
            )
        match register.sort:
            case "by":
                rows.sort(key=lambda row: row.speaker)
            case "date":
                rows.sort(key=lambda row: row.source.issued if row.source else "")
        return rows

    def _commentary(self, page: Page) -> None:
        """Give the page of a layer its own list: the notes that are written here and stand elsewhere."""
        for index, uid in enumerate(self.edition.note_uids(page.docname)):
            host = self.index.hosted.get(uid)
            if host is not None:
                self._marked(host)
                shown = self._notes[host][uid]
                page.commentary[index] = self._note_row(host, shown)
        self._tell_apart(page.commentary.values())
        for index, mark in enumerate(self.edition.docs[page.docname].marks):
            owner, _, number = mark.owner.partition(":")
            if owner == "note" and int(number) in page.commentary:
                way = page.commentary[int(number)].to
                shown_mark = way and self._marked(way.docname).marks.get((page.docname, index))
                if shown_mark:
                    page.marks[page.docname, index] = replace(shown_mark, id="")


def _wanted_source(source: Source, register: Register) -> bool:
    return (
        (not register.kind or source.type == register.kind)
        and (not register.by or register.by in map(printed_name, source.author))
        and (not register.source or source.key == register.source)
    )


def _author_key(source: Source) -> tuple[str, str, str]:
    author = family_name(source.author[0]) if source.author else source.title
    return author.casefold(), source.issued, source.title.casefold()
