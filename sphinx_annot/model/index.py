"""The index of an edition: what each name means, where things stand, and what they are called.

It is made from the records of all documents, and holds as long as none of them changes in what other pages may show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sphinx_annot.model.problems import Problem

#: The number of the source that a document is itself, as an edition.
ITSELF = -1
_TABLES = {"source": "sources", "passage": "passages", "ednote": "notes"}


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Index:
    """What is known of an edition without the records of its documents.

    Documents are in reading order. Objects are known by a type and a name, the author's own unless that was taken;
    where they are defined is a document and a number there, counted from 0.
    """

    order: tuple[str, ...]
    #: a sources' key -> the document that defines it, or that it is
    sources: dict[str, str] = field(default_factory=dict)
    #: document -> the keys that it defines
    own_sources: dict[str, list[str]] = field(default_factory=dict)
    #: the keys of sources whose own key was taken
    repeated: set[str] = field(default_factory=set)
    #: an edition's name -> its document, and the id of its header there
    editions: dict[str, tuple[str, str]] = field(default_factory=dict)
    passages: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    #: type -> name -> the number in its document
    numbers: dict[str, dict[str, int]] = field(default_factory=lambda: {"source": {}, "passage": {}, "ednote": {}})
    #: (type, document, number) -> the name of an object that is not known by the author's
    renamed: dict[tuple[str, str, int], str] = field(default_factory=dict)
    #: (type, document, the author's name) -> what that means there, where it means something else in other documents
    local: dict[tuple[str, str, str], str] = field(default_factory=dict)
    #: the notes that no output has, who wrote them, and the keys of sources cited in them
    excluded: set[str] = field(default_factory=set)
    excluded_by: set[str] = field(default_factory=set)
    excluded_keys: set[str] = field(default_factory=set)
    #: note -> the page that it stands on, if that is another document's
    hosted: dict[str, str] = field(default_factory=dict)
    #: the same by page, in the order in which they are read
    layers: dict[str, list[str]] = field(default_factory=dict)
    #: document -> the pages of other documents on which its notes stand
    hosts: dict[str, set[str]] = field(default_factory=dict)
    #: note -> the documents in which marks name it
    named: dict[str, set[str]] = field(default_factory=dict)
    #: document -> the sources in its list
    lists: dict[str, list[str]] = field(default_factory=dict)
    #: document -> the number of its register that is its list
    list_registers: dict[str, int] = field(default_factory=dict)
    #: source -> the documents on whose pages it is cited
    citing: dict[str, list[str]] = field(default_factory=dict)
    #: the documents with a register of the sources of all documents
    collectors: list[str] = field(default_factory=list)
    #: source -> the document with its full entry
    home: dict[str, str] = field(default_factory=dict)
    #: type -> name -> what a list of objects calls it; a note by its label
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    #: whether any document has a link into another that may lead to one of our objects
    has_links_into: bool = False
    #: document -> its language, if it names one
    languages: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def names(self, role: str) -> dict[str, str]:
        """Return the names of a type of objects that have a number, each with its document."""
        return cast("dict[str, str]", getattr(self, _TABLES[role]))

    def uid(self, role: str, docname: str, name: str) -> str:
        """Return the object that a name means in a document: the document's own first; nothing if there is none."""
        return self.local.get((role, docname, name)) or (name if name in self.names(role) else "")

    def page_of(self, note: str) -> str:
        """Return the document whose page a note stands on."""
        return self.hosted.get(note) or self.notes[note]
