"""The records of one document: what its author declared, in reading order, as values.

They are named tuples, as are most values of the model: made and read back several times as fast as frozen dataclasses,
and defined seven times as fast, which a build that reads one page feels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sphinx_annot.model.problems import Code, Place, Problem


class Source(NamedTuple):
    """What is quoted or cited. Fields are those of CSL; dates are ISO 8601, whole or cut short.

    Persons, and the files of ``snapshot``, are tuples; every other field is text, empty when absent.
    """

    key: str
    type: str = ""
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    translator: tuple[str, ...] = ()
    title: str = ""
    subtitle: str = ""
    container_title: str = ""
    publisher: str = ""
    publisher_place: str = ""
    edition: str = ""
    issued: str = ""
    original_date: str = ""
    accessed: str = ""
    url: str = ""
    archive_url: str = ""
    archive_date: str = ""
    doi: str = ""
    isbn: str = ""
    page: str = ""
    volume: str = ""
    issue: str = ""
    language: str = ""
    rights: str = ""
    snapshot: tuple[str, ...] = ()
    number: str = ""


class Header(NamedTuple):
    """The header of an edition; ``source`` holds what it has in common with a source, its id as the key."""

    id: str
    source: Source
    place: Place
    place_name: str = ""
    subjects: tuple[str, ...] = ()


class Point(NamedTuple):
    """A point in a document's text: the block's number and the offset in its text, in code points."""

    block: int
    offset: int


class SourceDef(NamedTuple):
    """A source as a document defines it; ``remark`` is the digest of what the editor wrote on it, if anything."""

    source: Source
    place: Place
    remark: str = ""
    only: tuple[str, ...] = ()


class Passage(NamedTuple):
    """A quoted passage. ``first`` and ``last`` are the numbers of its first and last block of text."""

    id: str
    place: Place
    source: str = ""
    locator: str = ""
    speaker: str = ""
    language: str = ""
    original: str = ""
    unchecked: str = ""
    text: str = ""
    first: int = 0
    last: int = 0
    only: tuple[str, ...] = ()


class Quote(NamedTuple):
    """Quoted words inside a sentence, as they stood before typography was applied; ``owner`` is as that of a mark."""

    source: str
    place: Place
    locator: str = ""
    text: str = ""
    owner: str = ""
    only: tuple[str, ...] = ()


class Note(NamedTuple):
    """An editorial note as declared.

    ``on``, ``prefix`` and ``suffix`` are the words of the author's own language; ``on_translated`` and
    its companions hold what a message catalogue makes of them. ``target`` is the ``in`` option as
    written. What stands before the note has the blocks from ``first`` to ``last`` (``first`` is the
    greater if it has no text). A mark at its end stands in the block ``after`` (a caption, for a table;
    -1 if nothing stands before), or, if ``below``, on a line below, since there is no text to end (an
    image, a whole list, code). ``head`` are the first words of what stands before it. ``digest`` is that
    of the note's body.
    """

    id: str
    place: Place
    on: str = ""
    prefix: str = ""
    suffix: str = ""
    nth: int = 0
    target: str = ""
    kind: str = ""
    by: str = ""
    date: str = ""
    placement: str = ""
    layer: bool = False
    on_translated: str = ""
    prefix_translated: str = ""
    suffix_translated: str = ""
    first: int = 0
    last: int = -1
    after: int = -1
    below: bool = False
    head: str = ""
    text: str = ""
    digest: str = ""
    only: tuple[str, ...] = ()


class Footnote(NamedTuple):
    """A footnote of the author: its id in the document, and the label as the document prints it."""

    id: str
    label: str
    place: Place
    text: str = ""
    only: tuple[str, ...] = ()


class Mark(NamedTuple):
    """A mark that the author wrote.

    ``what`` is ``cite``, ``note`` or ``footnote``; ``target`` the key, note's id or footnote's id.
    ``owner`` names what it stands in: ``note:`` and its number in the document, ``footnote:ID``,
    ``source:KEY`` (a remark), or nothing for the text itself. ``sentence`` is the sentence around it; of a
    note's mark the words that it is about, where the author says which.
    """

    what: str
    target: str
    at: Point
    place: Place
    locator: str = ""
    owner: str = ""
    sentence: str = ""
    only: tuple[str, ...] = ()


class Register(NamedTuple):
    """A collected list as asked for; ``docs`` are document names or patterns, empty for its own document."""

    of: str
    place: Place
    docs: tuple[str, ...] = ()
    kind: str = ""
    by: str = ""
    source: str = ""
    sort: str = ""
    only: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A cross-reference that may lead to one of our objects; ``role`` is the object type, or ``any``."""

    role: str
    target: str
    titled: bool
    place: Place
    owner: str = ""
    only: tuple[str, ...] = ()


class Placement(NamedTuple):
    """Where a note stands in a text.

    ``state`` is ``lemma`` (its words run from ``start`` to ``end``), ``block`` (it belongs to the block
    that ends at ``end``, whose first words are ``words``), ``mark`` (only to the marks that name it) or
    ``orphan``. ``problem`` is the code and message of what is wrong with it, if anything is.
    """

    state: str
    start: Point | None = None
    end: Point | None = None
    below: bool = False
    words: str = ""
    problem: tuple[Code, str] | None = None


class Layer(NamedTuple):
    """A layer of notes, by what it is about."""

    target: str
    place: Place


class DocRecords(NamedTuple):
    """All that one document declares.

    ``placements`` say where in this document its notes would stand, if all of it is shown. ``blocks``
    are the texts of its blocks as a reader sees them, ``originals`` the same before translation
    (empty where nothing is translated), ``conditions`` the numbers of the blocks that only some outputs
    show, with the expressions that decide; ``conditional`` says whether anything here has such
    expressions. ``digest`` is that of all of it, ``outward`` that of what other pages may show of it.
    """

    docname: str
    title: str = ""
    language: str = ""
    header: Header | None = None
    sources: tuple[SourceDef, ...] = ()
    passages: tuple[Passage, ...] = ()
    quotes: tuple[Quote, ...] = ()
    notes: tuple[Note, ...] = ()
    placements: tuple[Placement, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    marks: tuple[Mark, ...] = ()
    registers: tuple[Register, ...] = ()
    references: tuple[Reference, ...] = ()
    layers: tuple[Layer, ...] = ()
    blocks: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()
    conditions: tuple[tuple[int, tuple[str, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()
    excluded_keys: tuple[str, ...] = ()
    conditional: bool = False
    digest: str = ""
    outward: str = ""
