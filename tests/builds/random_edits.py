"""Random edits of a random edition: each function makes one, and says what it did, or nothing if it could not."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from tests.builds.random_edition import (
    DATES,
    KINDS,
    LANGUAGES,
    NAMES,
    PERSONS,
    SNAPSHOTS,
    TYPES,
    WORDS,
    Note,
    Paragraph,
    RandomEdition,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.builds.random_edition import Document


EXCLUDED = ("kind:gloss", "by:AB", "kind:dispute")
SETTINGS: Mapping[str, Sequence[object]] = {
    "annot_placement": ("margin", "foot", "end"),
    "annot_footnotes": ("edition", "all", "native"),
    "annot_paragraph_numbers": (False, True),
    "annot_kinds": ({}, {"gloss": {"title": "Word", "series": "words"}}),
    "annot_quote_check": ("show", "show", "warn", "off"),
    "annot_reader_controls": (False, True),
    "annot_series": ({"words": {"style": "decimal"}}, {"words": {"style": "upper-alpha", "title": "Words"}}),
}


def add_document(edition: RandomEdition) -> str:
    free = [name for name in NAMES if name not in edition.documents]
    if not free:
        return ""
    name = edition.rng.choice(free)
    edition.add(name)
    return f"add {name}"


def delete_document(edition: RandomEdition) -> str:
    if len(edition.documents) < 5:
        return ""
    name = edition.rng.choice(list(edition.documents))
    del edition.documents[name]
    edition.order.remove(name)
    return f"delete {name}"


def rename_document(edition: RandomEdition) -> str:
    free = [name for name in NAMES if name not in edition.documents]
    if not free:
        return ""
    old, new = edition.rng.choice(list(edition.documents)), edition.rng.choice(free)
    edition.documents[new] = edition.documents.pop(old)
    edition.order[edition.order.index(old)] = new
    return f"rename {old} to {new}"


def retitle_document(edition: RandomEdition) -> str:
    name = edition.rng.choice(list(edition.documents))
    edition.documents[name].title = " ".join(edition.words(1, 3)).title()
    return f"retitle {name}"


def change_header(edition: RandomEdition) -> str:
    name = edition.rng.choice(list(edition.documents))
    document = edition.documents[name]
    if document.edition and edition.rng.random() < 0.4:
        document.language = edition.rng.choice([name for name in LANGUAGES if name != document.language])
    else:
        document.edition = "" if document.edition else edition.new("edition")
    return f"change the header of {name}"


def add_block(edition: RandomEdition) -> str:
    name = edition.rng.choice(list(edition.documents))
    block = edition.block(name)
    blocks = edition.documents[name].blocks
    blocks.insert(edition.rng.randint(0, len(blocks)), block)
    return f"add to {name}: {block}"


def delete_block(edition: RandomEdition) -> str:
    name = edition.rng.choice(list(edition.documents))
    blocks = edition.documents[name].blocks
    if not blocks:
        return ""
    block = blocks.pop(edition.rng.randrange(len(blocks)))
    return f"take out of {name}: {block}"


def move_block(edition: RandomEdition) -> str:
    old, new = edition.rng.choice(list(edition.documents)), edition.rng.choice(list(edition.documents))
    if not edition.documents[old].blocks:
        return ""
    block = edition.documents[old].blocks.pop(edition.rng.randrange(len(edition.documents[old].blocks)))
    blocks = edition.documents[new].blocks
    blocks.insert(edition.rng.randint(0, len(blocks)), block)
    return f"move from {old} to {new}: {block}"


def change_words(edition: RandomEdition) -> str:
    found = edition.pick(Paragraph)
    if not found:
        return ""
    words = found[1].words
    at = edition.rng.randrange(len(words))
    was, words[at] = words[at], edition.rng.choice(WORDS)
    return f"change in {found[0]}: {was} to {words[at]}"


def change_roles(edition: RandomEdition) -> str:
    found = edition.pick(Paragraph)
    if not found:
        return ""
    at = edition.rng.randrange(len(found[1].words))
    if found[1].roles and edition.rng.random() < 0.5:
        return f"take from {found[0]}: {found[1].roles.popitem()}"
    found[1].roles[at] = edition.role()
    return f"put into {found[0]}: {found[1].roles[at]}"


def change_source(edition: RandomEdition) -> str:
    found = edition.pick(Source)
    if not found:
        return ""
    source = found[1]
    match edition.rng.randrange(7):
        case 0:
            source.title = " ".join(edition.words(1, 3)).title()
        case 1:
            source.author = edition.rng.choice(("", "Eve Reader", "Bea Writer"))
        case 2:
            source.issued = edition.rng.choice(("", "1999", "1950", "2020-10-11"))
        case 3:
            source.type = edition.rng.choice(TYPES)
        case 4:
            source.snapshot = edition.rng.choice(("", *SNAPSHOTS, "missing.txt"))
        case 5:
            source.remark = "" if source.remark else " ".join(edition.words(2, 4))
        case _:
            source.key = edition.new("key")
    return f"change in {found[0]}: {source}"


def change_number(edition: RandomEdition) -> str:
    found = edition.pick(Source)
    if not found:
        return ""
    found[1].number = edition.rng.choice(("", "1", "2", "5", "12a"))
    return f"number in {found[0]}: {found[1]}"


def double_source(edition: RandomEdition) -> str:
    found = edition.pick(Source)
    if not found:
        return ""
    name = edition.rng.choice(list(edition.documents))
    edition.documents[name].blocks.append(copy.deepcopy(found[1]))
    return f"define again in {name}: {found[1].key}"


def change_note(edition: RandomEdition) -> str:
    found = edition.pick(Note)
    if not found:
        return ""
    note = found[1]
    match edition.rng.randrange(7):
        case 0:
            note.text = " ".join(edition.words(2, 6))
        case 1:
            note.kind = edition.rng.choice(KINDS)
        case 2:
            note.by = edition.rng.choice(PERSONS)
        case 3:
            note.placement = edition.rng.choice(("", "margin", "foot", "end"))
        case 4:
            note.date = edition.rng.choice(DATES)
        case 5:
            note.foot = edition.rng.choice(("", " ".join(edition.words(2, 4))))
        case _:
            note.role = None if note.role else edition.role()
    return f"change in {found[0]}: {note}"


def change_lemma(edition: RandomEdition) -> str:
    found = edition.pick(Note)
    if not found:
        return ""
    name, note = found
    target = edition.documents[name].layer or name
    note.on = "" if edition.rng.random() < 0.2 else edition.lemma(target if target in edition.documents else name)
    return f"change the lemma in {name}: {note}"


def layer(edition: RandomEdition) -> str:
    """Make a document a layer of another one, with a note on it."""
    name, target = edition.rng.choice(list(edition.documents)), edition.rng.choice(list(edition.documents))
    if name == target or edition.documents[name].edition:
        return ""
    document = edition.documents[name]
    document.layer, document.by = target, edition.rng.choice(PERSONS)
    note = Note(id=edition.new("note"), text=" ".join(edition.words(2, 6)), on=edition.lemma(target))
    document.blocks.append(note)
    return f"make {name} a layer of {target}: {note}"


def change_layer(edition: RandomEdition) -> str:
    layers = [name for name, document in edition.documents.items() if document.layer]
    if not layers:
        return ""
    name = edition.rng.choice(layers)
    edition.documents[name].layer = edition.rng.choice(("", edition.rng.choice(list(edition.documents))))
    return f"make {name} a layer of {edition.documents[name].layer or 'nothing'}"


def change_shared(edition: RandomEdition) -> str:
    """Change a source or note in the file that several documents include.

    Its plain text is left alone: a second builder on the same doctrees does not see it change, in plain Sphinx.
    """
    block = edition.rng.choice([block for block in edition.shared if not isinstance(block, Paragraph)])
    if isinstance(block, Source):
        block.title = " ".join(edition.words(1, 3)).title()
    else:
        block.text = " ".join(edition.words(2, 6))
    return f"change what is shared: {block}"


def change_snapshot(edition: RandomEdition) -> str:
    """Change a word in the text of a source, or put the file back that was missing, or take it away."""
    name = edition.rng.choice(SNAPSHOTS)
    words = edition.snapshots.get(name)
    if words is None:
        edition.snapshots[name] = edition.words(30, 60)
        return f"bring the snapshot {name}"
    if edition.rng.random() < 0.1:
        del edition.snapshots[name]
        return f"delete the snapshot {name}"
    at = edition.rng.randrange(len(words))
    was, words[at] = words[at], edition.rng.choice(WORDS)
    return f"change in the snapshot {name}: {was} to {words[at]}"


def reorder(edition: RandomEdition) -> str:
    before = list(edition.order)
    edition.rng.shuffle(edition.order)
    return "reorder the contents" if edition.order != before else ""


def exclude(edition: RandomEdition) -> str:
    notes = [] if edition.settings.get("annot_exclude_notes") else [edition.rng.choice(EXCLUDED)]
    edition.settings["annot_exclude_notes"] = notes
    return f"exclude {notes}"


def change_setting(edition: RandomEdition) -> str:
    name = edition.rng.choice(list(SETTINGS))
    value = edition.rng.choice(SETTINGS[name])
    if edition.settings.get(name) == value:
        return ""
    edition.settings[name] = value
    return f"set {name} to {value}"


EDITS: dict[Callable[[RandomEdition], str], int] = {
    add_document: 2,
    delete_document: 2,
    rename_document: 2,
    retitle_document: 2,
    change_header: 2,
    add_block: 5,
    delete_block: 3,
    move_block: 3,
    change_words: 4,
    change_roles: 4,
    change_source: 4,
    change_number: 3,
    double_source: 2,
    change_note: 4,
    change_lemma: 3,
    layer: 3,
    change_layer: 1,
    change_shared: 2,
    change_snapshot: 3,
    reorder: 2,
    exclude: 2,
    change_setting: 2,
}
"""Every edit with its weight."""


class Editor:
    """Makes edits, and sometimes takes the last ones back, to a state that was built before."""

    def __init__(self, edition: RandomEdition) -> None:
        self.edition = edition
        self.past: list[tuple[dict[str, Document], list[str]]] = []

    def edit(self) -> str:
        """Make one random edit and say which."""
        edition = self.edition
        before = copy.deepcopy((edition.documents, edition.order))
        said = ""
        if self.past and edition.rng.random() < 0.06:
            edition.documents, edition.order = copy.deepcopy(self.past[-min(len(self.past), edition.rng.randint(1, 3))])
            said = "go back"
        while not said:
            (function,) = edition.rng.choices(list(EDITS), list(EDITS.values()))
            said = function(edition)
        self.past.append(before)
        return said
