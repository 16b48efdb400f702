"""Making the index of an edition: names, the pages that notes stand on, the homes of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot.model.index import ITSELF, Index
from sphinx_annot.model.names import free, same_place
from sphinx_annot.model.problems import Code, Problem
from sphinx_annot.model.values import OBJECT_TYPES, REFERENCE_LENGTH, clip, first_words, short_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.problems import Place
    from sphinx_annot.model.records import SourceDef

_PREFIXES = tuple(f"{role}-" for role in OBJECT_TYPES)


def fill_index(edition: Edition) -> None:
    """Fill the empty index of an edition from the records of all its documents."""
    _Names(edition).collect()
    _host_notes(edition)
    _Homes(edition).settle()
    _keep_words(edition)


class _Names:
    """The names of all objects: the author's, with a suffix where it is not the first of its name."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.index: Index = edition.index

    def collect(self) -> None:
        docs, index = self.edition.docs, self.index
        for docname in index.order:
            for number, item in enumerate(docs[docname].sources):
                self._source(docname, number, item)
        for docname in index.order:
            header = docs[docname].header
            if header and header.id:
                self._edition(docname)
        for docname in index.order:
            doc = docs[docname]
            self._objects("passage", docname, [(item.id, item.place) for item in doc.passages])
            self._objects("ednote", docname, [(item.id, item.place) for item in doc.notes])
            index.excluded.update(doc.excluded)
            index.excluded_by.update(doc.excluded_by)
            index.excluded_keys.update(doc.excluded_keys)
            if doc.language:
                index.languages[docname] = doc.language
            index.has_links_into = index.has_links_into or any(
                reference.role == "any" and reference.target.startswith(_PREFIXES) for reference in doc.references
            )

    def _source(self, docname: str, number: int, item: SourceDef) -> None:
        """Define a source; a second one of a key gets a key of its own, so that both are printed."""
        index = self.index
        key = written = item.source.key
        if key in index.sources:
            first = self.edition.source_def(key).place
            if same_place(first, item.place):
                return
            self._duplicate("source", key, first, item.place)
            key = free(f"{key}--dup", index.sources)
            index.repeated.add(key)
        index.sources[key], index.numbers["source"][key] = docname, number
        own = index.own_sources.setdefault(docname, [])
        if key != written and index.sources[written] != docname:
            index.local.setdefault(("source", docname, written), key)
        own.append(key)

    def _edition(self, docname: str) -> None:
        index = self.index
        header = self.edition.docs[docname].header
        assert header is not None  # noqa: S101 (the caller has looked)
        name = header.id
        if name in index.editions:
            other = self.edition.docs[index.editions[name][0]].header
            assert other is not None  # noqa: S101 (it was registered from its header)
            self._duplicate("edition", name, other.place, header.place)
            name = free(f"{name}--dup", index.editions)
        index.editions[name] = (docname, f"edition-{name}")
        if name not in index.sources:
            index.sources[name], index.numbers["source"][name] = docname, ITSELF

    def _objects(self, role: str, docname: str, items: Sequence[tuple[str, Place]]) -> None:
        known, numbers = self.index.names(role), self.index.numbers[role]
        for number, (name, place) in enumerate(items):
            if not name:  # what this output does not show stays in its place, without a name
                continue
            uid = name
            if name in known:
                uid = self._second(role, name, docname, place)
                self.index.renamed[role, docname, number] = uid
                if known[name] != docname:
                    self.index.local.setdefault((role, docname, name), uid)
            known[uid], numbers[uid] = docname, number

    def _second(self, role: str, name: str, docname: str, place: Place) -> str:
        """Return the name of an object whose own another one has."""
        index, taken = self.index, self.index.names(role)
        doc, number = self.edition.docs[taken[name]], index.numbers[role][name]
        other = (doc.passages if role == "passage" else doc.notes)[number].place
        if same_place(other, place) and other.docname != docname:
            return free(f"{name}--{self.edition.slug(docname)}", taken, plain=True)
        self._duplicate(role, name, other, place)
        return free(f"{name}--dup", taken)

    def _duplicate(self, what: str, name: str, first: Place, second: Place) -> None:
        message = f'{what} "{clip(name)}" is defined twice, first in {first}; give one of them another name'
        self.index.problems.append(Problem(code=Code.DUPLICATE, message=message, place=second))


def _host_notes(edition: Edition) -> None:
    """Find the pages of notes that stand elsewhere, and which notes the text's marks name."""
    index = edition.index
    for docname in index.order:
        for mark in edition.docs[docname].marks:
            if mark.what == "note" and (uid := index.uid("ednote", docname, mark.target)):
                index.named.setdefault(uid, set()).add(docname)
    guests: list[tuple[str, int, str]] = []
    for uid, docname in index.notes.items():
        number = index.numbers["ednote"][uid]
        target = edition.target(docname, edition.docs[docname].notes[number].target)
        if target is not None and target[0] != docname:
            index.hosted[uid] = target[0]
            index.hosts.setdefault(docname, set()).add(target[0])
            guests.append((docname, number, uid))
    for *_, uid in sorted(guests):
        index.layers.setdefault(index.hosted[uid], []).append(uid)


class _Homes:
    """Where each source has its one full entry, and what the list of each page holds."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.index = edition.index
        self.listed = {
            name: list(dict.fromkeys([*edition.scan(name).cited, *self._numbered(name)])) for name in self.index.order
        }

    def settle(self) -> None:
        index = self.index
        for docname in index.order:
            index.lists[docname] = list(self.listed[docname])
            for key in self.edition.scan(docname).cited:
                index.citing.setdefault(key, []).append(docname)
        index.collectors = [docname for docname in index.order if self._own_register(docname)]
        for docname in index.order:
            for key in index.lists[docname]:
                if key not in index.home:
                    index.home[key] = self._home(key, docname)

    def _numbered(self, docname: str) -> list[str]:
        """Return the sources that a document's list holds even if nothing cites them."""
        return [
            key
            for key in self.index.own_sources.get(docname, ())
            if self.edition.source_def(key).source.number or key in self.index.repeated
        ]

    def _own_register(self, docname: str) -> bool:
        """Let a page's first register of its own sources take its list; say whether any is over all documents."""
        is_collector = False
        for number, register in enumerate(self.edition.docs[docname].registers):
            if register.of != "sources" or register.kind or register.by or register.source:
                continue
            is_collector |= "*" in register.docs
            documents = self.edition.register_documents(docname, register.docs)
            if docname in documents and docname not in self.index.list_registers:
                self.index.list_registers[docname] = number
                keys = (key for other in documents for key in self.listed[other])
                self.index.lists[docname] = list(dict.fromkeys([*self.index.lists[docname], *keys]))
        return is_collector

    def _home(self, key: str, docname: str) -> str:
        index = self.index
        definer = index.sources[key]
        if definer != docname and key in index.lists[definer] and key not in index.editions:
            return definer
        if definer == docname:
            return docname
        return index.collectors[0] if index.collectors else index.citing[key][0]


def _keep_words(edition: Edition) -> None:
    """Keep what lists of objects call them."""
    index = edition.index
    labels: dict[str, str] = {}
    for docname in index.order:
        labels.update(edition.scan(docname).labels)
    index.words = {
        "edition": {name: edition.title(docname) or name for name, (docname, _) in index.editions.items()},
        "source": {key: short_reference(edition.source_def(key).source) for key in index.home},
        "passage": {uid: first_words(edition.passage(uid).text, REFERENCE_LENGTH) or uid for uid in index.passages},
        "ednote": {uid: labels.get(uid, "") for uid in index.notes},
    }
