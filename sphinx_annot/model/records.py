"""The records of one document: what its author declared, in reading order, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_annot.model.placing import Placement
    from sphinx_annot.model.problems import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of an edition; ``source`` holds what it has in common with a source, its id as the key."""

    id: str
    source: Source
    place_name: str = ""
    subjects: tuple[str, ...] = ()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point in a document's text: the block's number and the offset in its text, in code points."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDef:
    """A source as a document defines it; ``remark`` is the digest of what the editor wrote on it, if anything."""

    source: Source
    place: Place
    remark: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quoted passage. ``first`` and ``last`` are the numbers of its first and last block of text."""

    id: str
    source: str = ""
    locator: str = ""
    speaker: str = ""
    language: str = ""
    original: str = ""
    unchecked: str = ""
    text: str = ""
    first: int = 0
    last: int = 0
    place: Place
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Quoted words inside a sentence, as they stood before typography was applied."""

    source: str
    locator: str = ""
    text: str = ""
    place: Place
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An editorial note as declared.

    ``on``, ``prefix`` and ``suffix`` are the words of the author's own language; ``on_translated``
    and its companions hold what a message catalogue makes of them. ``target`` is the ``in`` option
    as written. What stands before the note has the blocks from ``first`` to ``last`` (``first`` is the
    greater if it has no text), and a mark at its end stands in the block ``after`` (-1 if nothing stands
    before: a caption, for a table); ``below`` says that this has no text to end with a mark (an image, a
    whole list, code), so that the mark stands on a line below it. ``digest`` is that of the note's
    body. ``named`` is false where the id was made from the words.
    """

    id: str
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
    text: str = ""
    digest: str = ""
    place: Place
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A footnote of the author: its id in the document, and the label as the document prints it."""

    id: str
    label: str
    text: str = ""
    place: Place
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark that the author wrote.

    ``what`` is ``cite``, ``note`` or ``footnote``; ``target`` the key, note's id or footnote's id.
    ``owner`` names what it stands in: ``note:`` and its number in the document, ``footnote:ID``, ``source:KEY`` (a remark), or
    nothing for the text itself. ``sentence`` is the sentence around it.
    """

    what: str
    target: str
    locator: str = ""
    at: Point
    owner: str = ""
    sentence: str = ""
    place: Place
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A collected list as asked for; ``docs`` are document names or patterns, empty for its own document."""

    of: str
    docs: tuple[str, ...] = ()
    kind: str = ""
    by: str = ""
    source: str = ""
    sort: str = ""
    place: Place
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A cross-reference that may lead to one of our objects; ``role`` is the object type, or ``any``."""

    role: str
    target: str
    titled: bool
    owner: str = ""
    place: Place
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer of notes, by what it is about."""

    target: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DocRecords:
    """All that one document declares.

    ``placements`` say where in this document its notes would stand, if all of it is shown. ``blocks`` are the texts of its blocks as a reader sees them, ``originals`` the same before
    translation (empty where nothing is translated), ``conditions`` the numbers of the blocks that only
    some outputs show, with the expressions that decide; ``conditional`` says whether anything here has
    such expressions. ``digest`` is that of all of it.
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
    excluded_keys: tuple[str, ...] = ()
    conditional: bool = False
    digest: str = ""
