"""Which pages have to be written again: what each depended on when it was last written, kept for one output.

Most edits change nothing that other pages show: then the other pages are as they were, and are not even put together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_annot.model.digests import Digests
from sphinx_annot.model.values import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sphinx_annot.config import AnnotConfig
    from sphinx_annot.model.edition import Edition


@dataclass(frozen=True, kw_only=True)
class State:
    """What pages depend on.

    ``basis`` is what all do; ``documents`` are the digests of each document, of all of it and of what others may show;
    ``pages`` are those of the pages.
    """

    basis: str = ""
    documents: dict[str, tuple[str, str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)


def now(edition: Edition, settings: AnnotConfig, before: State, *, links: bool, verdicts: Mapping[str, str]) -> State:
    """Return the state of an edition, taking over from the last one what cannot have changed.

    ``links`` says whether the output shows links, ``verdicts`` are those on each document's quotations, if shown.
    """
    settled = repr(settings)
    # the order of the documents decides which page has a source's full entry
    basis = digest(settled, *edition.order)
    # where verdicts are shown, a page depends on more than documents tell each other
    steady = basis == before.basis and settings.quote_check != "show"
    documents = {name: (doc.digest, doc.outward) for name, doc in edition.docs.items()}
    digests = Digests(
        edition,
        links=links,
        settings=settled,
        verdicts=verdicts,
        switches=settings.reader_controls,
        framed=settings.reader_controls or settings.paragraph_numbers,
    )
    changed = [name for name, pair in documents.items() if before.documents.get(name) != pair]
    pages: dict[str, str] = {}
    if steady and all(_is_inward(edition, name, before) for name in changed):
        pages = {name: page for name, page in before.pages.items() if name in documents}
    for name in documents:
        if name not in pages or name in changed:
            pages[name] = digests.page(edition.pages[name])
    return State(basis=basis, documents=documents, pages={name: pages[name] for name in documents})


def _is_inward(edition: Edition, docname: str, before: State) -> bool:
    """Say whether a change of a document is one that only its own page shows."""
    doc = edition.docs[docname]
    known = before.documents.get(docname)
    return (
        known is not None
        and known[1] == doc.outward
        and not doc.conditional
        # notes of others are anchored in its text, and their own pages show where
        and all(shown.origin == docname for shown in edition.shown.get(docname, ()))
    )


def load(path: Path) -> State:
    """Return the state that was kept; an empty one if there is none that can be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        documents = {name: (whole, outward) for name, (whole, outward, _) in kept["documents"].items()}
        pages = {name: page for name, (_, _, page) in kept["documents"].items()}
        return State(basis=kept["basis"], documents=documents, pages=pages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def save(path: Path, state: State, written: AbstractSet[str]) -> None:
    """Keep the state of the pages that have been written, and the one kept before of the others."""
    before = load(path)
    documents = {}
    for name, pair in state.documents.items():
        if name in written:
            documents[name] = (*pair, state.pages[name])
        elif name in before.documents:
            documents[name] = (*before.documents[name], before.pages[name])
    kept = {"basis": state.basis, "documents": documents}
    text = json.dumps(kept, indent=0, sort_keys=True)
    if before != State(basis=state.basis, documents=state.documents, pages=state.pages):
        path.write_text(text, encoding="utf-8")
