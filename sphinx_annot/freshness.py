"""What a build leaves to the next one of the same output: the edition's index, its problems, the digests of its pages.

Most builds change little: a document that says nothing else to others than before is all that is looked at then.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_annot import __version__
from sphinx_annot.model.index import Index
from sphinx_annot.model.values import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sphinx_annot.checking import Findings
    from sphinx_annot.model.packed import PackedDocs, Stamp
    from sphinx_annot.model.problems import Problem


@dataclass(slots=True, kw_only=True)
class Kept:
    """What is kept of a build.

    ``basis`` is what all of it depends on, ``stamps`` what is known of the documents. ``pages`` are the digests of all
    pages, ``written`` those that the pages had when they were last written. ``problems`` are those of each document
    that has any, ``asked`` the documents with references whose targets other projects were asked for.
    """

    basis: str = ""
    stamps: dict[str, Stamp] = field(default_factory=dict)
    index: Index | None = None
    pages: dict[str, str] = field(default_factory=dict)
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    findings: Findings | None = None
    written: dict[str, str] = field(default_factory=dict)

    def changed(self, basis: str, docs: PackedDocs) -> list[str] | None:
        """Return the documents that have changed in what only their own pages show; None if anything else has."""
        if self.index is None or self.basis != basis or self.stamps.keys() != docs.stamps.keys():
            return None
        changed = [docname for docname, stamp in docs.stamps.items() if stamp != self.stamps[docname]]
        if changed and self.index.problems:  # they name lines, which may be other ones now
            return None
        return changed if all(self._is_inward(docname, docs) for docname in changed) else None

    def all_problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the edition, document by document in reading order, and then with quotations."""
        if self.index is not None:
            yield from self.index.problems
            for docname in self.index.order:
                yield from self.problems.get(docname, ())
            yield from self.findings.problems(self.index.order) if self.findings else ()

    def _is_inward(self, docname: str, docs: PackedDocs) -> bool:
        return (
            docs.stamps[docname].outward == self.stamps[docname].outward
            # where an output hides some of a text, its notes may lose their places
            and not docs[docname].conditional
            # notes of others are anchored in it, and their own pages show where
            and self.index is not None
            and docname not in self.index.layers
        )


def basis(*settled: object, order: Iterable[str], tags: Iterable[str]) -> str:
    """Return what all pages depend on: the settings, the order of the documents, and what ``only`` asks for."""
    return digest(repr(settled), *order, "", *sorted(tags))


def load(path: Path) -> Kept:
    """Return what was kept; nothing if it cannot be read, or was written by another version."""
    try:
        version, kept = pickle.loads(path.read_bytes())  # noqa: S301 (written by us, beside Sphinx's own pickles)
    except Exception:  # noqa: BLE001 (a broken pickle may raise anything)
        return Kept()
    return kept if version == _version() and isinstance(kept, Kept) else Kept()


def save(path: Path, kept: Kept) -> None:
    """Keep what the next build can use."""
    path.write_bytes(pickle.dumps((_version(), kept), pickle.HIGHEST_PROTOCOL))


def _version() -> tuple[object, ...]:
    """Return what tells the files of other versions apart: they may have been made by other rules, of other parts."""
    return __version__, tuple(Kept.__slots__), tuple(Index.__slots__)
