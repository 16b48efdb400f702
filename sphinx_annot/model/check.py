"""What is wrong with an edition as a whole: names that lead nowhere, sources that nothing cites, printed numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot.model.numbering import irregular, sort_key
from sphinx_annot.model.problems import Code, Problem
from sphinx_annot.model.values import clip, near_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.problems import Place
    from sphinx_annot.model.records import DocRecords, Mark, Reference

_WORDS = {"source": "source", "passage": "passage", "ednote": "note", "edition": "edition"}
_NAMED = 5


def check(edition: Edition, docname: str, elsewhere: Callable[[Reference], bool]) -> Iterator[Problem]:
    """Yield the problems of one document of an edition, those aside that its index has found.

    ``elsewhere`` says of a cross-reference whether another project has its target.
    """
    doc = edition.docs[docname]
    yield from doc.problems
    yield from _places(edition, doc)
    yield from _names(edition, doc, elsewhere)
    yield from _uncited(edition, doc)
    yield from _printed(doc)


def _places(edition: Edition, doc: DocRecords) -> Iterator[Problem]:
    declared = {layer.target for layer in doc.layers}
    for note, uid in zip(doc.notes, edition.note_uids(doc.docname), strict=True):
        if not uid:
            continue
        placement = edition.shown_note(uid).placement
        if placement.problem:
            code, message = placement.problem
            yield Problem(code=code, message=message, place=note.place)
        elif note.target and note.target not in declared and edition.target(doc.docname, note.target) is None:
            # what a layer is about is reported once, where the layer is declared
            yield edition.unknown_target(note.target, note.place)


def _names(edition: Edition, doc: DocRecords, elsewhere: Callable[[Reference], bool]) -> Iterator[Problem]:
    yield from _marks(edition, doc)
    for reference in doc.references:
        if reference.role == "any" or edition.find(reference.role, reference.target, doc.docname):
            continue
        if not elsewhere(reference):
            yield _unknown(edition, reference.role, reference.target, reference.place)
    for layer in doc.layers:
        if layer.target and edition.target(doc.docname, layer.target) is None:
            yield edition.unknown_target(layer.target, layer.place)
    yield from _registers(edition, doc)


def _marks(edition: Edition, doc: DocRecords) -> Iterator[Problem]:
    for mark in doc.marks:
        if mark.what == "cite" and not edition.key_of(doc.docname, mark.target):
            yield _unknown(edition, "source", mark.target, mark.place)
        elif mark.what == "note" and not _is_note(edition, doc.docname, mark):
            yield _unknown(edition, "ednote", mark.target, mark.place)


def _registers(edition: Edition, doc: DocRecords) -> Iterator[Problem]:
    for register in doc.registers:
        for pattern in register.docs:
            if not edition.register_documents(doc.docname, [pattern]):
                message = f'":in: {clip(pattern)}" matches no document; write the name of one, a pattern, or *'
                yield Problem(code=Code.UNKNOWN, message=message, place=register.place)
        if register.source and not edition.key_of(doc.docname, register.source):
            yield _unknown(edition, "source", register.source, register.place)


def _is_note(edition: Edition, docname: str, mark: Mark) -> bool:
    return bool(edition.note_uid(docname, mark.target)) or mark.target in edition.index.excluded


def _unknown(edition: Edition, role: str, name: str, place: Place) -> Problem:
    known = edition.index.editions if role == "edition" else edition.index.names(role)
    near = " or ".join(f'"{other}"' for other in near_names(name, known))
    hint = f"did you mean {near}?" if near else f"define it with annot:{role}, or correct the name"
    return Problem(code=Code.UNKNOWN, message=f'there is no {_WORDS[role]} "{clip(name)}"; {hint}', place=place)


def _uncited(edition: Edition, doc: DocRecords) -> Iterator[Problem]:
    index = edition.index
    for item in doc.sources:
        key = item.source.key
        if index.citing.get(edition.key_of(doc.docname, key)) or key in index.excluded_keys:
            continue
        if item.source.number:
            reference = f'"{clip(item.source.number)}" ({clip(key)})'
            message = f"nothing leads to the printed reference {reference}; cite it where its mark is"
            yield Problem(code=Code.UNMARKED, message=message, place=item.place)
        else:
            message = f'nothing cites the source "{clip(key)}"; cite it, or take its definition out'
            yield Problem(code=Code.UNCITED, message=message, place=item.place)
    if edition.footnotes_beside(doc.docname):
        marked = {mark.target for mark in doc.marks if mark.what == "footnote"}
        for footnote in doc.footnotes:
            if footnote.id not in marked:
                message = f'no mark leads to the footnote "{clip(footnote.label)}"; put one where it belongs'
                yield Problem(code=Code.UNMARKED, message=message, place=footnote.place)


def _printed(doc: DocRecords) -> Iterator[Problem]:
    numbered = [item for item in doc.sources if item.source.number]
    doubled, missing = irregular(item.source.number for item in numbered)
    for label in doubled:
        second = [item for item in numbered if item.source.number == label][1]
        message = f'the printed number "{clip(label)}" stands for two sources; if the text prints it so, all is well'
        yield Problem(code=Code.NUMBER, message=message, place=second.place)
    if missing:
        shown = ", ".join(f'"{number}"' for number in missing[:_NAMED])
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        message = f"the printed numbers leave out {shown}{more}; if the text prints them so, all is well"
        after = next(item for item in numbered if sort_key(item.source.number)[1] > missing[0])
        yield Problem(code=Code.NUMBER, message=message, place=after.place)
