"""The commands that need the texts of a project: describe some words, accept what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annot.checking import LOCK_FILE, read_lock
from sphinx_annot.formats.markup_myst import myst_value
from sphinx_annot.formats.markup_rest import rest_value
from sphinx_annot.model.anchor import Ambiguous, Anchored, anchor, describe
from sphinx_annot.model.drift import current, lemmas
from sphinx_annot.model.findings import where
from sphinx_annot.model.lock import Lock, Malformed, accept, dump
from sphinx_annot.model.placing import Blocks
from sphinx_annot.model.report import InputError
from sphinx_annot.model.values import near_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sphinx_annot.model.anchor import Missing
    from sphinx_annot.model.quotations import Checked
    from sphinx_annot.projects import Project


# -- describe ----------------------------------------------------------------------------------------------------------


def described(project: Project, words: str) -> Iterator[tuple[str, str]]:
    """Yield each document that has some words, with the options that select them there, ready to paste.

    Where they stand several times in one document, each place has options of its own.
    """
    for docname in project.edition.order:
        hidden = project.edition.hidden(docname)
        blocks = project.edition.docs[docname].blocks
        text = Blocks(["" if number in hidden else block for number, block in enumerate(blocks)]).folded
        found = anchor(text, words)
        spans = found.spans if isinstance(found, Ambiguous) else ()
        if isinstance(found, Anchored):
            spans = ((found.start, found.end),)
        value = rest_value if str(project.env.doc2path(docname)).endswith(".rst") else myst_value
        for start, end in spans:
            selector = describe(text, start, end)
            options = [("on", selector.exact), ("prefix", selector.prefix), ("suffix", selector.suffix)]
            options.append(("nth", str(selector.nth) if selector.nth else ""))
            yield docname, "\n".join(f":{name}: {value(chosen)}" for name, chosen in options if chosen)


def near_words(project: Project, words: str) -> Iterator[tuple[str, str]]:
    """Yield each document that has words near to some words, with the difference."""
    for docname in project.edition.order:
        found: Anchored | Ambiguous | Missing = anchor(Blocks(project.edition.docs[docname].blocks).folded, words)
        near = getattr(found, "near", "")
        if near:
            yield docname, near


# -- accept ------------------------------------------------------------------------------------------------------------


def both_sides(project: Project, ids: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is accepted: its id and place, what the edition says, and what stands behind it.

    For a note that is its own words and those that it is about; for a quotation its words and those of its source.
    """
    chosen = set(ids)
    for note, lemma, sentence in lemmas(project.edition):
        if note.uid in chosen:
            about = f"{lemma}  (in: {sentence})" if lemma else sentence
            yield note.uid, str(project.spot(note.note.place)), note.note.text, about
    for item in project.checked:
        quotation, verdict = item.quotation, item.verdict
        if quotation.id in chosen and quotation.source:
            stands = "".join(
                f" [left out: {words.strip()}] " if what == "omitted" else words for what, words in _excerpt(item)
            )
            behind = f"{verdict.kind}, {where(quotation, verdict, project.domain.settings.snapshots)}"
            behind += f": {stands or verdict.near or 'nothing to show'}"
            behind += "".join(f"; review: {review.what} ({review.words})" for review in verdict.review)
            yield quotation.id, str(project.spot(quotation.place)), quotation.words, behind


def _excerpt(item: Checked) -> Iterable[tuple[str, str]]:
    return item.excerpt.parts if item.excerpt is not None else ()


def pending(project: Project) -> list[str]:
    """Return the ids of all that is not accepted as it is now."""
    accepted, now = _accepted(project), current(project.edition, project.checked)
    notes = [uid for uid, item in now.notes.items() if accepted.notes.get(uid) != item]
    open_reviews = {item.quote for item in now.reviews - accepted.reviews}
    quotes = [uid for uid, item in now.quotes.items() if accepted.quotes.get(uid) != item or item.quote in open_reviews]
    gone = [uid for uid in (*accepted.notes, *accepted.quotes) if uid not in now.notes and uid not in now.quotes]
    return [*notes, *quotes, *gone]


def named(project: Project, ids: Iterable[str]) -> list[str]:
    """Return the ids of notes and quotations as the lock file has them; ``ednote-ID`` and ``passage-ID`` do as well."""
    accepted, now = _accepted(project), current(project.edition, project.checked)
    known = {*now.notes, *now.quotes, *accepted.notes, *accepted.quotes}
    found = []
    for name in ids:
        plain = name if name in known else name.removeprefix("ednote-").removeprefix("passage-")
        if plain not in known:
            near = near_names(plain, known)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise InputError(f'there is no note or quotation "{name}" to accept{hint}')
        found.append(plain)
    return found


def write_lock(project: Project, ids: Iterable[str]) -> Path:
    """Write the lock file with some items as they are now; return its path."""
    path = project.folder / LOCK_FILE
    text = dump(accept(_accepted(project), current(project.edition, project.checked), ids))
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _accepted(project: Project) -> Lock:
    if not (project.folder / LOCK_FILE).is_file():
        return Lock()
    found = read_lock(project.folder)
    if isinstance(found, Malformed):
        raise InputError(f"{project.folder / LOCK_FILE} cannot be read: {found.reason}; mend it, or delete it")
    return found
