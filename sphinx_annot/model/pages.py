"""What a page shows: its marks, notes, sources and registers, with the labels and ids they have there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sphinx_annot.model.records import Footnote, Note, Placement, Source


class Way(NamedTuple):
    """A way to a place: document and element id. ``words`` say what stands there."""

    docname: str
    id: str
    words: str = ""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PageMark:
    """A mark on a page. ``id`` is empty where the mark is a copy; ``to`` is None if it leads nowhere."""

    what: str
    target: str
    id: str = ""
    label: str = ""
    locator: str = ""
    series: str = ""
    to: Way | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PageNote:
    """A note as it stands on a page.

    ``origin`` and ``index`` say which note of which document it is; ``id`` is the element's, ``uid``
    the note's own. ``marks`` are the ids of its marks on this page in reading order, ``anchor_mark``
    the one that stands at its anchor (empty if its anchor has none); ``ways`` lead to its marks elsewhere.
    ``sentence`` is what its first mark in the text is about or stands in; ``in_text`` says whether there is one,
    and not only some in notes.
    """

    origin: str
    index: int
    uid: str
    id: str
    note: Note
    placement: Placement
    series: str = ""
    label: str = ""
    kind: str = ""
    anchor_mark: str = ""
    sentence: str = ""
    in_text: bool = False
    marks: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PageFootnote:
    """An author's footnote that stands beside the text."""

    footnote: Footnote
    id: str
    marks: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Entry:
    """A source in a list. ``ways`` lead to the marks that cite it; ``home`` is where its full entry is.

    ``edition`` is set where the source is an edition of this project; ``remark`` names the document
    with the editor's remark, and only in the home list.
    """

    key: str
    source: Source
    id: str = ""
    label: str = ""
    ways: tuple[Way, ...] = ()
    home: Way | None = None
    edition: Way | None = None
    remark: str = ""


#: The most of a lemma or passage that a register prints, in characters.
ROW_LENGTH = 120


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class NoteRow:
    """A note in a register or on its layer's own page; ``to`` is None for one that stands nowhere.

    ``lemma`` has the first of its words, ``document`` the title of where it stands if rows of several are in one list.
    """

    origin: str
    index: int
    label: str
    series: str
    lemma: str
    kind: str
    by: str
    to: Way | None
    orphan: bool = False
    document: str = ""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PassageRow:
    """A passage in a register; ``text`` has the first of its words."""

    text: str
    speaker: str
    locator: str
    source: Source | None
    to: Way


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PageRegister:
    """A register of a page; exactly one of the three is filled."""

    sources: tuple[Entry, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    passages: tuple[PassageRow, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Page:
    """All that a document's page shows of the edition.

    ``order`` has the ids of notes and footnotes as their marks come. ``marks`` are found by the document
    and number of the author's mark. ``list_register`` is the number of the register that takes the page's
    own list of sources, -1 if this stands at the end.
    ``commentary`` has the notes that are written here and stand elsewhere, by their number. ``header_id`` is the
    element of the edition's header, if there is one.
    """

    docname: str
    header_id: str = ""
    marks: dict[tuple[str, int], PageMark] = field(default_factory=dict)
    notes: list[PageNote] = field(default_factory=list)
    footnotes: dict[str, PageFootnote] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    entries: tuple[Entry, ...] = ()
    list_register: int = -1
    registers: tuple[PageRegister, ...] = ()
    commentary: dict[int, NoteRow] = field(default_factory=dict)
    annotators: tuple[str, ...] = ()
