"""From nodes to records: what an author declared with one directive, without what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_annot.model.records import Header, Note, Passage, Register, Source
from sphinx_annot.model.values import SOURCE_FIELDS, first_words

if TYPE_CHECKING:
    from sphinx_annot import nodes as annot
    from sphinx_annot.model.problems import Place

_TEXT_LENGTH = 80


def source(node: annot.annot_source) -> Source:
    """Return the source that ``annot:source`` defines."""
    return Source(key=node["key"], **_fields(node))


def header(node: annot.annot_edition, place: Place) -> Header:
    """Return the header that ``annot:edition`` gives its document."""
    fields = _fields(node)
    fields["title"] = node.get("title_translated") or fields.get("title", "")
    return Header(
        id=node["annot_id"],
        source=Source(key=node["annot_id"], **fields),
        place_name=node["place"],
        subjects=tuple(node["subjects"]),
        place=place,
    )


def note(node: annot.annot_note, place: Place, only: tuple[str, ...]) -> Note:
    """Return the note of ``annot:ednote``; ``only`` are the conditions that it stands under."""
    return Note(
        id=node["annot_id"],
        on=node["on"],
        prefix=node["prefix"],
        suffix=node["suffix"],
        nth=node["nth"],
        target=node["target"],
        kind=node["kind"],
        by=node["by"],
        date=node["date"],
        placement=node["placement"],
        layer=node["layer"],
        on_translated=node.get("on_translated", ""),
        prefix_translated=node.get("prefix_translated", ""),
        suffix_translated=node.get("suffix_translated", ""),
        text=first_words(" ".join(child.astext() for child in node.children), _TEXT_LENGTH),
        place=place,
        only=only,
    )


def passage(node: annot.annot_passage, place: Place, only: tuple[str, ...]) -> Passage:
    """Return the passage of ``annot:passage``."""
    return Passage(
        id=node["annot_id"],
        source=node["source_key"],
        locator=node["locator"],
        speaker=node["speaker"],
        language=node["language"],
        original=node["original"],
        unchecked=node["unchecked"],
        text=node["words"],
        place=place,
        only=only,
    )


def register(node: annot.annot_register, place: Place, only: tuple[str, ...]) -> Register:
    """Return what ``annot:register`` asks for."""
    return Register(
        of=node["of"],
        docs=tuple(node["docs"]),
        kind=node["kind"],
        by=node["by"],
        source=node["source"],
        sort=node["sort"],
        place=place,
        only=only,
    )


def _fields(node: annot.annot_source | annot.annot_edition) -> dict[str, Any]:
    """Return the fields of a source by their names in records."""
    found = {name.replace("-", "_"): node[name] for name in SOURCE_FIELDS if name in node}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
