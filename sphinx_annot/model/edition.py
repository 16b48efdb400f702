"""The edition: the records of all documents, put in order, numbered, and looked up."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_annot.model.names import free, same_place, slugs
from sphinx_annot.model.numbering import number_sources
from sphinx_annot.model.problems import Code, Place, Problem
from sphinx_annot.model.records import Placement, SourceDef
from sphinx_annot.model.scanning import Scan, Shown
from sphinx_annot.model.values import OBJECT_TYPES, clip, near_names

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from sphinx_annot.model.pages import Page
    from sphinx_annot.model.placing import Text
    from sphinx_annot.model.records import DocRecords, Note, Passage
    from sphinx_annot.model.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What numbering depends on: the series of each kind, the series, and which documents' footnotes are notes."""

    kinds: Mapping[str, tuple[str, str]]
    series: Mapping[str, Series]
    footnotes: str = "edition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An object that a name leads to; ``docname`` and ``id`` are empty if it has no place of its own."""

    role: str
    docname: str = ""
    id: str = ""
    words: str = ""
    excluded: bool = False


class Edition:
    """The records of all documents as one output shows them.

    ``order`` is the reading order of the documents; ``shows`` says of a chain of ``only`` expressions
    whether this output shows what stands under them.
    """

    def __init__(
        self,
        docs: Mapping[str, DocRecords],
        order: Sequence[str],
        settings: Settings,
        shows: Callable[[tuple[str, ...]], bool] = lambda _: True,
    ) -> None:
        self.settings = settings
        self.order = [name for name in order if name in docs]
        self.hidden: dict[str, frozenset[int]] = {}
        self.docs = {name: self._shown_records(docs[name], shows) for name in self.order}
        self.rank = {name: number for number, name in enumerate(self.order)}
        self.problems: list[Problem] = []
        self._texts: dict[str, Text] = {}
        #: note -> the documents in which marks name it
        self._named: dict[str, set[str]] = defaultdict(set)
        #: document -> the pages on which its notes stand
        self._hosts: dict[str, set[str]] = defaultdict(set)
        self._slugs = slugs(self.order)
        self._define_sources()
        self._define_objects()
        self._place_notes()
        self._scans = {name: self._scan(name) for name in self.order}
        self._find_homes()

    # what this output shows

    def _shown_records(self, doc: DocRecords, shows: Callable[[tuple[str, ...]], bool]) -> DocRecords:
        if not doc.conditional:
            return doc
        self.hidden[doc.docname] = frozenset(number for number, only in doc.conditions if not shows(only))
        return replace(
            doc,
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

    # names

    def slug(self, docname: str) -> str:
        """Return a document's name as it stands in ids."""
        return self._slugs[docname]

    def _define_sources(self) -> None:
        """Collect the definitions; a second one of a key gets a key of its own, so that both are printed."""
        self.sources: dict[str, tuple[str, SourceDef]] = {}
        self._own_sources: dict[str, list[str]] = defaultdict(list)
        self._own_keys: dict[tuple[str, str], str] = {}
        self._duplicate_keys: set[str] = set()
        self.editions: dict[str, tuple[str, str]] = {}
        for docname in self.order:
            for item in self.docs[docname].sources:
                self._define_source(docname, item)
        for docname in self.order:
            header = self.docs[docname].header
            if header and header.id:
                self._define_edition(docname)

    def _define_source(self, docname: str, item: SourceDef) -> None:
        key = item.source.key
        if key in self.sources:
            first = self.sources[key][1].place
            if same_place(first, item.place):
                return
            self._duplicate("source", key, first, item.place)
            key = free(f"{key}--dup", self.sources)
            self._duplicate_keys.add(key)
        self.sources[key] = (docname, item)
        self._own_sources[docname].append(key)
        self._own_keys.setdefault((docname, item.source.key), key)

    def _define_edition(self, docname: str) -> None:
        header = self.docs[docname].header
        assert header is not None  # noqa: S101 (the caller has looked)
        name, element = header.id, f"edition-{header.id}"
        if name in self.editions:
            other = self.docs[self.editions[name][0]].header
            assert other is not None  # noqa: S101 (it was registered from its header)
            self._duplicate("edition", name, other.place, header.place)
            name = free(f"{name}--dup", self.editions)
            element = f"edition-{name}"
        self.editions[name] = (docname, element)
        if name not in self.sources:
            title = header.source.title or self.docs[docname].title
            source = replace(header.source, key=name, title=title, number="")
            self.sources[name] = (docname, SourceDef(source=source, place=header.place))

    def _define_objects(self) -> None:
        """Give each passage and note its id: the author's, with a suffix where it is not the first of its name."""
        self.passages: dict[str, tuple[str, Passage]] = {}
        self.notes: dict[str, tuple[str, int]] = {}
        #: the same the other way round
        self.uids: dict[tuple[str, int], str] = {}
        self.local_notes: dict[str, dict[str, str]] = {}
        self.local_passages: dict[str, dict[str, str]] = {}
        #: the passages of each document in its order
        self.passages_of: dict[str, list[str]] = defaultdict(list)
        for docname in self.order:
            doc = self.docs[docname]
            local: dict[str, str] = {}
            for passage in doc.passages:
                first = self.passages.get(passage.id)
                place = first[1].place if first else None
                uid = self._uid("passage", passage.id, docname, passage.place, self.passages, first=place)
                self.passages[uid] = (docname, passage)
                self.passages_of[docname].append(uid)
                local.setdefault(passage.id, uid)
            self.local_passages[docname] = local
            local = {}
            for index, note in enumerate(doc.notes):
                if not note.id:
                    continue
                known = self.notes.get(note.id)
                place = self.docs[known[0]].notes[known[1]].place if known else None
                uid = self._uid("ednote", note.id, docname, note.place, self.notes, first=place)
                self.notes[uid] = (docname, index)
                self.uids[docname, index] = uid
                local.setdefault(note.id, uid)
            self.local_notes[docname] = local
        self.excluded = {name for doc in self.docs.values() for name in doc.excluded}

    def _uid(
        self, what: str, name: str, docname: str, place: Place, taken: Container[str], *, first: Place | None
    ) -> str:
        if first is None:
            return name
        if same_place(first, place) and first.docname != docname:
            return free(f"{name}--{self.slug(docname)}", taken, plain=True)
        self._duplicate(what, name, first, place)
        return free(f"{name}--dup", taken)

    def _duplicate(self, what: str, name: str, first: Place, second: Place) -> None:
        message = f'{what} "{clip(name)}" is defined twice, first in {first}; give one of them another name'
        self.problems.append(Problem(code=Code.DUPLICATE, message=message, place=second))

    # notes and their places

    def target(self, docname: str, target: str) -> tuple[str, str] | None:
        """Return the document, and the passage if any, that an ``in`` option means; None if there is no such."""
        if not target:
            return docname, ""
        name, _, passage = target.partition("#")
        document = self.document(docname, name) if name else docname
        if document is None:
            # a bare name that is no document may be a passage, here or elsewhere
            found = self.local_passages[docname].get(name) or (name if name in self.passages else "")
            if not found or passage:
                return None
            return self.passages[found][0], self.passages[found][1].id
        if passage and passage not in self.local_passages[document]:
            return None
        return document, passage

    def document(self, docname: str, name: str) -> str | None:
        """Return the document that a name means when it is written in another one."""
        path = name[1:] if name.startswith("/") else posixpath.join(posixpath.dirname(docname), name)
        path = posixpath.normpath(path)
        for candidate in (path, posixpath.splitext(path)[0]):
            if candidate in self.docs:
                return candidate
        return None

    def _place_notes(self) -> None:
        """Decide on which page each note stands and where; find out which notes the text's marks name."""
        named = self._named
        for docname in self.order:
            for mark in self.docs[docname].marks:
                if mark.what == "note" and (uid := self.note_uid(docname, mark.target)):
                    named[uid].add(docname)
        self.shown: dict[str, list[Shown]] = defaultdict(list)
        self.page_of: dict[str, str] = {}
        layers: list[tuple[str, Shown]] = []
        for uid, (docname, index) in self.notes.items():
            note = self.docs[docname].notes[index]
            target = self.target(docname, note.target)
            if target is None:
                # that of a layer is reported once, where the layer is declared
                if note.target not in {layer.target for layer in self.docs[docname].layers}:
                    self.problems.append(self.unknown_target(note.target, note.place))
                page, placement = docname, Placement(state="orphan")
            else:
                page, scope = target
                placement = self._placement(docname, index, page, scope, named=page in named.get(uid, ()))
            if placement.problem:
                code, message = placement.problem
                self.problems.append(Problem(code=code, message=message, place=note.place))
            shown = Shown(origin=docname, index=index, uid=uid, note=note, placement=placement)
            self.page_of[uid] = page
            self._hosts[docname].add(page)
            if page == docname:
                self.shown[page].append(shown)
            else:
                layers.append((page, shown))
        layers.sort(key=lambda item: (item[1].origin, item[1].index))
        for page, shown in layers:
            self.shown[page].append(shown)

    def _placement(self, docname: str, index: int, page: str, scope: str, *, named: bool) -> Placement:
        """Place a note; its own document has done so while it was read, if all outputs show the same text."""
        doc = self.docs[docname]
        note = doc.notes[index]
        if page == docname and note.on and not note.target and not doc.conditional:
            return doc.placements[index]
        text = self._texts.get(page)
        if text is None:
            from sphinx_annot.model.placing import Text  # noqa: PLC0415 (most notes were placed while they were read)

            text = self._texts[page] = Text(self.docs[page], self.hidden.get(page, frozenset()))
        return text.place(note, scope=scope, own=page == docname, named=named)

    def unknown_target(self, target: str, place: Place) -> Problem:
        """Return the problem of an ``in`` option that means nothing."""
        names = near_names(target, [*self.order, *self.passages])
        hint = f'; did you mean "{names[0]}"?' if names else ""
        message = f'there is no document or passage "{clip(target)}" to put notes in{hint}'
        return Problem(code=Code.UNKNOWN, message=message, place=place)

    def note_uid(self, docname: str, name: str) -> str:
        """Return the note that a name means in a document, or nothing."""
        return self.local_notes[docname].get(name) or (name if name in self.notes else "")

    def footnotes_beside(self, docname: str) -> bool:
        """Say whether a document's own footnotes stand beside its text."""
        if self.settings.footnotes == "all":
            return True
        return self.settings.footnotes == "edition" and self.docs[docname].header is not None

    # reading a page from top to bottom

    def _scan(self, docname: str) -> Scan:
        return Scan(self, docname)

    def series_of(self, note: Note) -> str:
        """Return the name of the series that a note's kind belongs to."""
        return self.settings.kinds.get(note.kind, ("", "notes"))[1]

    # sources and their homes

    def key_of(self, docname: str, key: str) -> str:
        """Return a key as it is known: the document's own definition of it first."""
        return self._own_keys.get((docname, key)) or (key if key in self.sources else "")

    def numbered_here(self, docname: str) -> list[str]:
        """Return the sources that a document's list holds even if nothing cites them."""
        return [
            key
            for key in self._own_sources.get(docname, ())
            if self.sources[key][1].source.number or key in self._duplicate_keys
        ]

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

    def _find_homes(self) -> None:
        """Settle where each source has its one full entry, and each page its list."""
        self.lists: dict[str, list[str]] = {}
        self.list_register: dict[str, int] = {}
        self.citing: dict[str, list[str]] = defaultdict(list)
        everywhere: list[str] = []
        for docname, scan in self._scans.items():
            keys = list(dict.fromkeys([*scan.cited, *self.numbered_here(docname)]))
            self.lists[docname] = keys
            self.list_register[docname] = -1
            for key in scan.cited:
                self.citing[key].append(docname)
        for docname in self.order:
            self._own_register(docname, everywhere)
        #: the documents with a register of the sources of all documents
        self.collectors = collectors = [name for name in everywhere if name in self.order]
        self.home: dict[str, str] = {}
        for docname in self.order:
            for key in self.lists[docname]:
                if key in self.home:
                    continue
                definer = self.sources[key][0]
                if definer != docname and key in self.lists[definer] and key not in self.editions:
                    self.home[key] = definer
                elif definer == docname:
                    self.home[key] = docname
                else:
                    self.home[key] = collectors[0] if collectors else self.citing[key][0]

    def _own_register(self, docname: str, everywhere: list[str]) -> None:
        """Let a page's first register of its own sources take its list; one over ``*`` extends that list."""
        for index, register in enumerate(self.docs[docname].registers):
            if register.of != "sources" or register.kind or register.by or register.source:
                continue
            if "*" in register.docs:
                everywhere.append(docname)
            documents = self.register_documents(docname, register.docs)
            if docname in documents and self.list_register[docname] < 0:
                self.list_register[docname] = index
                for other in documents:
                    scan = self._scans[other]
                    for key in (*scan.cited, *self.numbered_here(other)):
                        if key not in self.lists[docname]:
                            self.lists[docname].append(key)

    def source_id(self, key: str, docname: str) -> str:
        """Return the id of a source's entry in a document's own list."""
        if self.home.get(key) == docname:
            return f"source-{key}"
        return f"source-{key}--{self.slug(docname)}"

    @cached_property
    def numbers(self) -> dict[str, dict[str, str]]:
        """The labels of the sources in each document's list."""
        return {
            name: number_sources(
                keys, {key: self.sources[key][1].source.number for key in self._own_sources.get(name, ())}
            )
            for name, keys in self.lists.items()
        }

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The page of each document, made when it is asked for."""
        from sphinx_annot.model.paging import Pages  # noqa: PLC0415 (paging reads a finished edition)

        return Pages(self, self._scans)

    def marking(self, uid: str) -> list[str]:
        """Return the documents whose pages may have marks of a note, in reading order."""
        written = self._named.get(uid, set())
        # a mark inside a note stands where that note does
        found = written | {page for origin in written for page in self._hosts.get(origin, ())}
        return sorted(found, key=self.rank.__getitem__)

    # looking up

    def find(self, role: str, name: str, docname: str) -> Found | None:
        """Find the object of a type that a name means in a document.

        The label of a note and the name of a source are found on their pages; None is a name that nothing has.
        """
        if role == "edition" and name in self.editions:
            document, element = self.editions[name]
            return Found(role=role, docname=document, id=element, words=self.title(document))
        if role == "source" and (key := self.key_of(docname, name)):
            home = self.home.get(key, "")
            return Found(role=role, docname=home, id=f"source-{key}" if home else "", words=key)
        if role == "passage" and (uid := self.local_passages[docname].get(name) or (name in self.passages and name)):
            document, passage = self.passages[uid]
            return Found(role=role, docname=document, id=f"passage-{uid}", words=passage.text)
        if role == "ednote" and (uid := self.note_uid(docname, name)):
            page = self.page_of[uid]
            return Found(role=role, docname=page, id=f"ednote-{uid}", words=self.label(uid))
        if role == "ednote" and name in self.excluded:
            return Found(role=role, excluded=True)
        return None

    def title(self, docname: str) -> str:
        """Return the title of a document: its edition's, else its own."""
        header = self.docs[docname].header
        return (header and header.source.title) or self.docs[docname].title

    def label(self, uid: str) -> str:
        """Return the label that a note has on its page."""
        return self._scans[self.page_of[uid]].labels.get(uid, "")

    def find_any(self, name: str, docname: str) -> Found | None:
        """Find the one object that a name means, with its type before it or without."""
        role, _, rest = name.partition("-")
        if role in OBJECT_TYPES and rest and (found := self.find(role, rest, docname)):
            return found
        candidates = [found for role in OBJECT_TYPES if (found := self.find(role, name, docname))]
        if {found.role for found in candidates} == {"edition", "source"} and name in self.editions:
            # an edition answers to its own name; that it can be cited as a source makes no second object
            definer, item = self.sources[name]
            header = self.docs[definer].header
            if header and item.place == header.place:
                return candidates[0]
        return candidates[0] if len(candidates) == 1 else None

    def names(self, role: str) -> list[str]:
        """Return all names of a type, for suggestions."""
        return {
            "edition": list(self.editions),
            "source": list(self.sources),
            "passage": list(self.passages),
            "ednote": list(self.notes),
        }[role]
