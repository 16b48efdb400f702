"""What a page depends on beside its own text, as one digest: if it stays, the page need not be written again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx_annot.model.values import REFERENCE_LENGTH, TITLED_TYPES, first_words, short_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.pages import Entry, NoteRow, Page, PageNote, PageRegister, Way
    from sphinx_annot.model.quotations import Checked


class Digests:
    """The digests of an edition's pages.

    ``links`` says whether the output shows where something leads; plain text does not. ``settings`` is
    what all pages depend on, ``verdicts`` are those on all quotations, if pages show them.
    ``switches`` says whether pages name the layers that they have notes of, ``framed`` whether those of an edition
    are equipped otherwise than other pages.
    """

    def __init__(
        self,
        edition: Edition,
        *,
        links: bool = True,
        settings: str = "",
        verdicts: Iterable[Checked] = (),
        switches: bool = False,
        framed: bool = False,
    ) -> None:
        self._keep_verdicts(verdicts)
        self.edition = edition
        self.links = links
        self.settings = settings
        self.switches = switches
        self.framed = framed
        self._sources: dict[str, str] = {}

    def _keep_verdicts(self, verdicts: Iterable[Checked]) -> None:
        """Keep what tells verdicts apart: on the pages of their documents, where notes are copied, in registers."""
        #: (document, note or footnote that it stands in; nothing for all of the document) -> what is seen
        self._seen: dict[tuple[str, str], list[str]] = defaultdict(list)
        #: passage -> what a register says of it
        self._kinds: dict[str, str] = {}
        for item in verdicts:
            quotation, verdict = item.quotation, item.verdict
            seen = f"{quotation.words}{(verdict.kind, verdict.near, verdict.snapshot, verdict.line, item.excerpt)!r}"
            self._seen[quotation.docname, ""].append(seen)
            if quotation.owner:
                self._seen[quotation.docname, quotation.owner].append(seen)
            if quotation.kind == "passage" and quotation.key:
                self._kinds[quotation.id] = verdict.kind

    def page(self, page: Page) -> str:
        """Return the digest of all that a page shows of the edition."""
        text = "\0".join(self._parts(page))
        return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()

    def _parts(self, page: Page) -> Iterator[str]:
        doc = self.edition.docs[page.docname]
        yield self.settings
        yield doc.digest
        if self.framed and doc.header is None:
            yield str(bool(self.edition.index.editions))
        yield str(page.list_register)
        yield page.header_id
        yield from page.annotators
        yield from self._verdicts(page)
        for mark in page.marks.values():
            yield f"{mark.label}, {mark.locator}"
            yield from self._leads(mark.id, mark.to)
        for note in page.notes:
            yield from self._note(note, page.docname)
        for footnote in page.footnotes.values():
            yield from self._leads(footnote.id, *footnote.marks)
        for entry in page.entries:
            yield from self._entry(page, entry)
        for register in page.registers:
            yield from self._register(page, register)
        for row in page.commentary.values():
            yield from self._row(row)
        yield from self._copies(page)

    def _note(self, note: PageNote, docname: str) -> Iterator[str]:
        yield f"{note.label} {note.series} {note.kind} {note.note.by} {note.note.placement} {note.note.digest}"
        start, end = note.placement.start, note.placement.end
        yield f"{note.placement.state} {start and (start.block, start.offset)} {end and (end.block, end.offset)}"
        if note.placement.state == "orphan":
            yield note.note.on
        if note.note.layer and note.origin != docname:
            yield note.origin
            yield self.edition.docs[note.origin].title if self.switches else ""
        yield from self._leads(note.id, *note.ways, *note.marks)

    def _register(self, page: Page, register: PageRegister) -> Iterator[str]:
        for entry in register.sources:
            yield from self._entry(page, entry)
        for row in register.notes:
            yield from self._row(row)
        for passage in register.passages:
            yield f"{passage.text} {passage.speaker} {passage.locator}"
            yield short_reference(passage.source) if passage.source else ""
            yield self.edition.docs[passage.to.docname].title
            yield from self._leads(passage.to)

    def _verdicts(self, page: Page) -> Iterator[str]:
        if not self._seen:
            return
        yield from self._seen.get((page.docname, ""), ())
        for note in page.notes:
            if note.origin != page.docname:
                owner = f"note:{note.index}"
                for name in (owner, *self._footnotes_of(note.origin, owner)):
                    yield from self._seen.get((note.origin, name), ())
        for register in page.registers:
            for row in register.passages:
                yield self._kinds.get(row.to.id.removeprefix("passage-"), "")

    def _footnotes_of(self, docname: str, owner: str) -> Iterator[str]:
        """Yield the footnotes that a note or remark takes along, as owners of marks."""
        for mark in self.edition.docs[docname].marks:
            if mark.owner == owner and mark.what == "footnote":
                yield f"footnote:{mark.target}"

    def _leads(self, *ways: Way | str | None) -> Iterator[str]:
        """Yield where something leads, and ids, if the output shows them."""
        if self.links:
            for way in ways:
                yield way if isinstance(way, str) else f"{way.docname}#{way.id}" if way else ""

    def _entry(self, page: Page, entry: Entry) -> Iterator[str]:
        yield entry.label
        yield self._source(entry.key)
        if entry.remark and entry.remark != page.docname:
            yield self.edition.source_def(entry.key).remark
        for way in entry.ways:
            if way.docname != page.docname:
                yield self.edition.docs[way.docname].title
                yield way.words
        # the way to the full entry is shown only where nothing leads back
        yield from self._leads(entry.id, *entry.ways, None if entry.ways else entry.home, entry.edition)
        if self.links:
            yield from (way.words for way in entry.ways)

    def _source(self, key: str) -> str:
        if key not in self._sources:
            source = self.edition.source_def(key).source
            # what no entry prints does not count; a number counts where it is a label
            shown = source._replace(number="", snapshot=(), type=str(source.type in TITLED_TYPES))
            self._sources[key] = repr(shown)
        return self._sources[key]

    def _row(self, row: NoteRow) -> Iterator[str]:
        yield f"{row.label} {row.series} {row.kind} {row.by} {row.orphan} {row.lemma} {row.document}"
        yield self.edition.docs[row.origin].notes[row.index].digest
        if not row.lemma and row.to:
            yield self.edition.docs[row.to.docname].title
        yield from self._leads(row.to)

    # copies of what was written in other documents

    def _copies(self, page: Page) -> Iterator[str]:
        """Yield what cross-references and marks read, those in the page's own text and in copied notes and remarks."""
        owners = {(note.origin, f"note:{note.index}") for note in page.notes if note.origin != page.docname}
        rows = [row for register in page.registers for row in register.notes]
        owners |= {(row.origin, f"note:{row.index}") for row in rows if row.origin != page.docname}
        entries = [*page.entries, *(entry for register in page.registers for entry in register.sources)]
        owners |= {(entry.remark, f"source:{entry.source.key}") for entry in entries if entry.remark}
        hosts = {(row.origin, f"note:{row.index}"): row.to.docname for row in rows if row.to}
        origins = sorted({origin for origin, _ in owners} - {page.docname})
        for origin, owner in list(owners):
            for footnote in self._footnotes_of(origin, owner) if origin != page.docname else ():
                owners.add((origin, footnote))
                hosts[origin, footnote] = hosts.get((origin, owner), page.docname)
        for origin in origins:
            yield from self._marks(page, origin, owners, hosts)
        for origin in (page.docname, *origins):
            for reference in self.edition.docs[origin].references:
                if origin == page.docname or (origin, reference.owner) in owners:
                    yield from self._reference(origin, reference.role, reference.target, titled=reference.titled)

    def _marks(
        self, page: Page, origin: str, owners: set[tuple[str, str]], hosts: Mapping[tuple[str, str], str]
    ) -> Iterator[str]:
        for index, mark in enumerate(self.edition.docs[origin].marks):
            owner = (origin, mark.owner)
            if owner not in owners:
                continue
            found = self.edition.pages[hosts.get(owner, page.docname)].marks.get((origin, index))
            if found:
                yield found.label
                yield from self._leads(found.to)
            elif mark.what == "cite" and (key := self.edition.key_of(origin, mark.target)):
                yield short_reference(self.edition.source_def(key).source)
                yield from self._leads(self.edition.index.home.get(key, ""))

    def _reference(self, origin: str, role: str, target: str, *, titled: bool) -> Iterator[str]:
        edition = self.edition
        found = edition.find_any(target, origin) if role == "any" else edition.find(role, target, origin)
        if found is None:
            return
        yield from self._leads(found.docname, found.id)
        if titled:
            return
        if found.role == "ednote":
            # it reads as in the language of the document that it is written in
            yield edition.docs[origin].language
        source = found.role == "source"
        words = short_reference(edition.source_def(found.words).source) if source else found.words
        yield first_words(words, REFERENCE_LENGTH) if found.role == "passage" else words
