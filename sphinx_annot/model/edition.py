"""The edition: the records of all documents, put in order, numbered, and looked up."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sphinx_annot.model.index import ITSELF, Index
from sphinx_annot.model.names import slugs
from sphinx_annot.model.numbering import number_sources
from sphinx_annot.model.problems import Code, Problem
from sphinx_annot.model.records import Placement, SourceDef
from sphinx_annot.model.scanning import Scan, Shown
from sphinx_annot.model.values import OBJECT_TYPES, clip, near_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_annot.model.pages import Page
    from sphinx_annot.model.placing import Text
    from sphinx_annot.model.problems import Place
    from sphinx_annot.model.records import DocRecords, Note, Passage
    from sphinx_annot.model.series import Series


class Settings(NamedTuple):
    """What numbering depends on: the series of each kind, the series, and which documents' footnotes are notes."""

    kinds: Mapping[str, tuple[str, str]]
    series: Mapping[str, Series]
    footnotes: str = "edition"


class Found(NamedTuple):
    """An object that a name leads to; ``docname`` and ``id`` are empty if it has no place of its own."""

    role: str
    docname: str = ""
    id: str = ""
    words: str = ""
    excluded: bool = False


class _ShownDocs(Mapping[str, "DocRecords"]):
    """The records of each document as one output shows them, opened when they are asked for."""

    def __init__(
        self, docs: Mapping[str, DocRecords], order: Sequence[str], shows: Callable[[tuple[str, ...]], bool]
    ) -> None:
        self._docs = docs
        self._order = order
        self._shows = shows
        self._open: dict[str, DocRecords] = {}

    def __getitem__(self, docname: str) -> DocRecords:
        if docname not in self._open:
            doc = self._docs[docname]
            self._open[docname] = self._shown(doc) if doc.conditional else doc
        return self._open[docname]

    def __contains__(self, docname: object) -> bool:
        return docname in self._docs

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def hidden(self, docname: str) -> frozenset[int]:
        """Return the numbers of a document's blocks that the output does not show."""
        return frozenset(number for number, only in self[docname].conditions if not self._shows(only))

    def _shown(self, doc: DocRecords) -> DocRecords:
        shows = self._shows
        return doc._replace(
            sources=tuple(item for item in doc.sources if shows(item.only)),
            passages=tuple(item for item in doc.passages if shows(item.only)),
            quotes=tuple(item for item in doc.quotes if shows(item.only)),
            # numbers count: what is hidden stays in its place, without a target
            notes=tuple(item if shows(item.only) else item._replace(id="") for item in doc.notes),
            footnotes=tuple(item for item in doc.footnotes if shows(item.only)),
            marks=tuple(item if shows(item.only) else item._replace(what="") for item in doc.marks),
            registers=tuple(item if shows(item.only) else item._replace(of="") for item in doc.registers),
            references=tuple(item for item in doc.references if shows(item.only)),
        )


class Edition:
    """The records of all documents as one output shows them.

    ``order`` is the reading order of the documents; ``shows`` says of a chain of ``only`` expressions
    whether this output shows what stands under them. ``index`` is that of the same records, if it is known:
    then records are read only of the documents that are asked for.
    """

    def __init__(
        self,
        docs: Mapping[str, DocRecords],
        order: Sequence[str],
        settings: Settings,
        shows: Callable[[tuple[str, ...]], bool] = lambda _: True,
        index: Index | None = None,
    ) -> None:
        self.settings = settings
        self.order = tuple(name for name in order if name in docs)
        self.docs = _ShownDocs(docs, self.order, shows)
        self._scans: dict[str, Scan] = {}
        self._texts: dict[str, Text] = {}
        self._placed: dict[str, Shown] = {}
        self._numbers: dict[str, dict[str, str]] = {}
        self.index = index or Index(order=self.order)
        if index is None:
            from sphinx_annot.model.indexing import fill_index  # noqa: PLC0415 (in most builds it is known)

            fill_index(self)

    @cached_property
    def rank(self) -> dict[str, int]:
        """The number of each document in reading order."""
        return {name: number for number, name in enumerate(self.order)}

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return slugs(self.order)

    def slug(self, docname: str) -> str:
        """Return a document's name as it stands in ids."""
        return self._slugs[docname]

    def hidden(self, docname: str) -> frozenset[int]:
        """Return the numbers of a document's blocks that this output does not show."""
        return self.docs.hidden(docname)

    # objects by their names

    def source_def(self, key: str) -> SourceDef:
        """Return the definition of a source; an edition is one by its header."""
        number = self.index.numbers["source"][key]
        doc = self.docs[self.index.sources[key]]
        if number != ITSELF:
            return doc.sources[number]
        assert doc.header is not None  # noqa: S101 (it is known as an edition)
        title = doc.header.source.title or doc.title
        return SourceDef(source=doc.header.source._replace(key=key, title=title, number=""), place=doc.header.place)

    def edition_of(self, key: str) -> str:
        """Return the document that a source is, as an edition of this project; nothing for other sources."""
        return self.index.sources[key] if self.index.numbers["source"][key] == ITSELF else ""

    def passage(self, uid: str) -> Passage:
        """Return the record of a passage."""
        return self.docs[self.index.passages[uid]].passages[self.index.numbers["passage"][uid]]

    def passages_of(self, docname: str) -> list[str]:
        """Return the names of a document's passages in their order."""
        return [
            self.index.renamed.get(("passage", docname, number), passage.id)
            for number, passage in enumerate(self.docs[docname].passages)
        ]

    def note_uids(self, docname: str) -> list[str]:
        """Return the names of a document's notes in their order; nothing for one that this output does not show."""
        return [
            self.index.renamed.get(("ednote", docname, number), note.id)
            for number, note in enumerate(self.docs[docname].notes)
        ]

    # notes and their places

    def target(self, docname: str, target: str) -> tuple[str, str] | None:
        """Return the document, and the passage if any, that an ``in`` option means; None if there is no such."""
        if not target:
            return docname, ""
        name, _, passage = target.partition("#")
        document = self.document(docname, name) if name else docname
        if document is None:
            # a bare name that is no document may be a passage, here or elsewhere
            found = self.index.uid("passage", docname, name)
            if not found or passage:
                return None
            return self.index.passages[found], self.passage(found).id
        if passage and not self._has_passage(document, passage):
            return None
        return document, passage

    def _has_passage(self, docname: str, name: str) -> bool:
        index = self.index
        return ("passage", docname, name) in index.local or index.passages.get(name) == docname

    def document(self, docname: str, name: str) -> str | None:
        """Return the document that a name means when it is written in another one."""
        path = name[1:] if name.startswith("/") else posixpath.join(posixpath.dirname(docname), name)
        path = posixpath.normpath(path)
        for candidate in (path, posixpath.splitext(path)[0]):
            if candidate in self.rank:
                return candidate
        return None

    def shown_note(self, uid: str) -> Shown:
        """Return a note with its place on its page."""
        if uid not in self._placed:
            docname, number = self.index.notes[uid], self.index.numbers["ednote"][uid]
            note = self.docs[docname].notes[number]
            target = self.target(docname, note.target)
            if target is None:
                placement = Placement(state="orphan")
            else:
                named = target[0] in self.index.named.get(uid, ())
                placement = self._placement(docname, number, *target, named=named)
            self._placed[uid] = Shown(origin=docname, index=number, uid=uid, note=note, placement=placement)
        return self._placed[uid]

    def shown_on(self, docname: str) -> list[Shown]:
        """Return the notes that a page shows: the document's own, then those of layers."""
        hosted = self.index.hosted
        own = [uid for uid in self.note_uids(docname) if uid and uid not in hosted]
        return [self.shown_note(uid) for uid in (*own, *self.index.layers.get(docname, ()))]

    def _placement(self, docname: str, number: int, page: str, scope: str, *, named: bool) -> Placement:
        """Place a note; its own document has done so while it was read, if all outputs show the same text."""
        doc = self.docs[docname]
        note = doc.notes[number]
        if page == docname and note.on and not note.target and not doc.conditional:
            return doc.placements[number]
        text = self._texts.get(page)
        if text is None:
            from sphinx_annot.model.placing import Text  # noqa: PLC0415 (most notes were placed while they were read)

            text = self._texts[page] = Text(self.docs[page], self.hidden(page))
        return text.place(note, scope=scope, own=page == docname, named=named)

    def unknown_target(self, target: str, place: Place) -> Problem:
        """Return the problem of an ``in`` option that means nothing."""
        names = near_names(target, [*self.order, *self.index.passages])
        # from another folder, a document's name alone is that of one beside it
        name = f"/{names[0]}" if names and names[0] in self.rank and "/" in place.docname else "".join(names[:1])
        hint = f'; did you mean "{name}"?' if name else ""
        message = f'there is no document or passage "{clip(target)}" to put notes in{hint}'
        return Problem(code=Code.UNKNOWN, message=message, place=place)

    def marking(self, uid: str) -> list[str]:
        """Return the documents whose pages may have marks of a note, in reading order."""
        written = self.index.named.get(uid, set())
        # a mark inside a note stands where that note does
        found = written.union(*(self.index.hosts.get(origin, ()) for origin in written))
        return sorted(found, key=self.rank.__getitem__)

    def footnotes_beside(self, docname: str) -> bool:
        """Say whether a document's own footnotes stand beside its text."""
        if self.settings.footnotes == "all":
            return True
        return self.settings.footnotes == "edition" and self.docs[docname].header is not None

    # pages

    def scan(self, docname: str) -> Scan:
        """Return what a page's text has from top to bottom."""
        if docname not in self._scans:
            self._scans[docname] = Scan(self, docname)
        return self._scans[docname]

    def series_of(self, note: Note) -> str:
        """Return the name of the series that a note's kind belongs to."""
        return self.settings.kinds.get(note.kind, ("", "notes"))[1]

    def register_documents(self, docname: str, patterns: Sequence[str]) -> list[str]:
        """Return the documents that a register collects from, in reading order."""
        if not patterns:
            return [docname]
        found: set[str] = set()
        for pattern in patterns:
            exact = self.document(docname, pattern)
            if exact is not None:
                found.add(exact)
            else:
                found.update(name for name in self.order if fnmatchcase(name, pattern.lstrip("/")))
        return [name for name in self.order if name in found]

    def source_id(self, key: str, docname: str) -> str:
        """Return the id of a source's entry in a document's own list."""
        if self.index.home.get(key) == docname:
            return f"source-{key}"
        return f"source-{key}--{self.slug(docname)}"

    def numbers(self, docname: str) -> Mapping[str, str]:
        """Return the labels of the sources in a document's list."""
        if docname not in self._numbers:
            own = {key: self.source_def(key).source.number for key in self.index.own_sources.get(docname, ())}
            self._numbers[docname] = number_sources(self.index.lists[docname], own)
        return self._numbers[docname]

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The page of each document, made when it is asked for."""
        from sphinx_annot.model.paging import Pages  # noqa: PLC0415 (paging reads a finished edition)

        return Pages(self)

    # looking up

    def key_of(self, docname: str, key: str) -> str:
        """Return a key as it is known: the document's own definition of it first; nothing if no source has it."""
        return self.index.uid("source", docname, key)

    def note_uid(self, docname: str, name: str) -> str:
        """Return the note that a name means in a document, or nothing."""
        return self.index.uid("ednote", docname, name)

    def find(self, role: str, name: str, docname: str) -> Found | None:
        """Find the object of a type that a name means in a document.

        The label of a note and the name of a source are found on their pages; None is a name that nothing has.
        """
        index = self.index
        if role == "edition":
            if name in index.editions:
                document, element = index.editions[name]
                return Found(role=role, docname=document, id=element, words=self.title(document))
            return None
        uid = index.uid(role, docname, name)
        if not uid:
            excluded = role in {"ednote", "passage"} and name in index.excluded
            return Found(role=role, words=name if role == "passage" else "", excluded=True) if excluded else None
        if role == "source":
            home = index.home.get(uid, "")
            return Found(role=role, docname=home, id=f"source-{uid}" if home else "", words=uid)
        if role == "passage":
            return Found(role=role, docname=index.passages[uid], id=f"passage-{uid}", words=self.passage(uid).text)
        return Found(role=role, docname=index.page_of(uid), id=f"ednote-{uid}", words=index.words["ednote"][uid])

    def header_id(self, docname: str) -> str:
        """Return the id of the header of a document; nothing if it has none."""
        header = self.docs[docname].header
        if header is None or not header.id:
            return ""
        document, element = self.index.editions.get(header.id, ("", ""))
        if document == docname:
            return element
        # another document has this name too, and was there first
        return next((element for document, element in self.index.editions.values() if document == docname), "")

    def title(self, docname: str) -> str:
        """Return the title of a document: its edition's, else its own."""
        header = self.docs[docname].header
        return (header and header.source.title) or self.docs[docname].title

    def find_any(self, name: str, docname: str) -> Found | None:
        """Find the one object that a name means, with its type before it or without."""
        role, _, rest = name.partition("-")
        if role in OBJECT_TYPES and rest and (found := self.find(role, rest, docname)):
            return found
        candidates = [found for role in OBJECT_TYPES if (found := self.find(role, name, docname))]
        if {found.role for found in candidates} == {"edition", "source"} and self.edition_of(name):
            # an edition answers to its own name; that it can be cited as a source makes no second object
            return candidates[0]
        return candidates[0] if len(candidates) == 1 else None
