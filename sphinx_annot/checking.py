"""The check of quotations in a build: the files of snapshots, what is known from earlier builds, the lock file."""

from __future__ import annotations

import json
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_annot import __version__
from sphinx_annot.model.problems import Code, Place, Problem
from sphinx_annot.model.values import clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinx_annot.domain import AnnotDomain
    from sphinx_annot.model.comparing import StoredText
    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.lock import Lock, Malformed
    from sphinx_annot.model.quotations import Checked

LOCK_FILE = "annot.lock"
_KNOWN_FILE = "annot-verdicts.json"
_VERSION = f"{__version__}-2"
"""Of the file with known verdicts. Where the rules of the check change, verdicts that are known hold no longer."""
_SPARE = 1000


class Findings(NamedTuple):
    """What a check of all quotations has found wrong, and what that rests on beside the documents that quote.

    ``files`` are the states of the snapshots and of the lock file, ``texts`` the documents that are quoted as sources.
    ``general`` problems are those of files, and what has changed since it was accepted.
    """

    by_document: Mapping[str, tuple[Problem, ...]]
    files: tuple[tuple[str, tuple[int, ...]], ...] = ()
    texts: frozenset[str] = frozenset()
    general: tuple[Problem, ...] = ()

    def problems(self, order: Iterable[str]) -> Iterator[Problem]:
        """Yield all problems, those of documents in an order."""
        yield from self.general
        for docname in order:
            yield from self.by_document.get(docname, ())


class Check:
    """The check of the quotations of an edition."""

    def __init__(self, app: Sphinx, domain: AnnotDomain) -> None:
        self.domain = domain
        self.settings = settings = domain.settings
        self.confdir, self.doctreedir = Path(app.confdir), Path(app.doctreedir)
        self.folder = Path(app.srcdir) / settings.snapshots
        self.language = str(app.config.language or "en")
        self.is_shown = settings.quote_check == "show"
        self._stored = cache(lambda name: stored_text(self.folder, name))

    @property
    def edition(self) -> Edition:
        """The edition that the quotations stand in."""
        assert self.domain.edition is not None  # noqa: S101 (it is assembled before it is checked)
        return self.domain.edition

    @cached_property
    def checked(self) -> Sequence[Checked]:
        """All quotations with their verdicts, in reading order."""
        return self._checked(self.edition.order)

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str, str, str], Checked]:
        """The same by what their nodes on pages are found by."""
        return {item.quotation.name: item for item in self.checked}

    @cached_property
    def passages(self) -> Mapping[str, Checked]:
        """Those that are passages, by their ids."""
        return {item.quotation.id: item for item in self.checked if item.quotation.kind == "passage"}

    def findings(self, before: Findings | None, changed: Sequence[str] | None) -> Findings:
        """Return what is wrong.

        ``before`` is what was found when only the documents in ``changed`` were other than now, in what nobody but
        they themselves shows (None: anything was).
        """
        if before is None or changed is None or before.files != self._states(name for name, _ in before.files):
            return self._everything()
        if not changed:
            return before
        if self.is_shown or before.general or not before.texts.isdisjoint(changed) or self._lock is not None:
            return self._everything()
        again = self._by_document(self._checked(changed))
        return before._replace(by_document={**before.by_document, **dict.fromkeys(changed, ()), **again})

    def _everything(self) -> Findings:
        index = self.edition.index
        snapshots = {name for key in index.sources for name in self.edition.source_def(key).source.snapshot}
        general: list[Problem] = []
        by_document: Mapping[str, tuple[Problem, ...]] = {}
        checked: Sequence[Checked] = ()
        if self.settings.quote_check != "off":
            checked = self.checked
            general += self._unreadable()
            by_document = self._by_document(checked)
        if self._lock is not None:
            general += self._stale(self._lock, checked)
        return Findings(
            files=self._states([*sorted(snapshots), ""]),
            texts=frozenset(item.quotation.edition for item in checked if item.quotation.edition),
            general=tuple(general),
            by_document=by_document,
        )

    @cached_property
    def _lock(self) -> Lock | Malformed | None:
        return read_lock(self.confdir) if (self.confdir / LOCK_FILE).is_file() else None

    def _states(self, names: Iterable[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return what tells two states of snapshots apart without reading them; the lock file has no name."""
        return tuple((name, _state(self.folder / name if name else self.confdir / LOCK_FILE)) for name in names)

    def _checked(self, docnames: Iterable[str]) -> list[Checked]:
        from sphinx_annot.model.quotations import quotations, unchecked  # noqa: PLC0415 (most builds check nothing anew)

        found = list(quotations(self.edition, docnames, self.language))
        if not any(item.is_comparable for item in found):
            return [unchecked(item) for item in found]
        from sphinx_annot.model.comparing import check_quotations  # noqa: PLC0415 (there is something to compare with)

        known = _Known(self.doctreedir / _KNOWN_FILE)
        checked = check_quotations(found, self.edition, self._stored, known, excerpts=self.is_shown)
        known.keep(whole=docnames is self.edition.order)
        return checked

    def _by_document(self, checked: Iterable[Checked]) -> Mapping[str, tuple[Problem, ...]]:
        from sphinx_annot.model.findings import findings  # noqa: PLC0415 (most builds check nothing anew)

        reviews = getattr(self._lock, "reviews", ())  # a lock file that is malformed has none
        found: dict[str, tuple[Problem, ...]] = {}
        for problem in findings(checked, self.settings.snapshots, reviews):
            found[problem.place.docname] = (*found.get(problem.place.docname, ()), problem)
        return found

    def _unreadable(self) -> Iterator[Problem]:
        for key in self.edition.index.sources:
            item = self.edition.source_def(key)
            for name in item.source.snapshot:
                found = self._stored(name)
                if isinstance(found, str):
                    message = f'the snapshot "{clip(name)}" in the folder "{self.settings.snapshots}" {found}; '
                    message += "correct the path or the file"
                    yield Problem(code=Code.FILE, message=message, place=item.place)

    def _stale(self, lock: Lock | Malformed, checked: Iterable[Checked]) -> Iterator[Problem]:
        from sphinx_annot.model.drift import drifted  # noqa: PLC0415 (few projects have a lock file)
        from sphinx_annot.model.lock import Malformed  # noqa: PLC0415

        if isinstance(lock, Malformed):
            order = self.edition.order
            place = Place(docname=order[0] if order else "", line=1, file=str(self.confdir / LOCK_FILE))
            message = f"the lock file cannot be read: {lock.reason}; mend it, or delete it and accept anew"
            yield Problem(code=Code.FILE, message=message, place=place)
        else:
            yield from drifted(lock, self.edition, checked)


def _state(path: Path) -> tuple[int, ...]:
    """Return what changes with a file's contents; nothing if it is not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def read_lock(confdir: Path) -> Lock | Malformed:
    """Read the lock file of a project."""
    from sphinx_annot.model.lock import Malformed, load  # noqa: PLC0415 (few projects have one)

    try:
        return load((confdir / LOCK_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Malformed(str(error))


def stored_text(folder: Path, name: str) -> StoredText | str:
    """Read a snapshot in its folder, or say in a few words why it cannot be read."""
    from sphinx_annot.model.comparing import StoredText  # noqa: PLC0415 (most builds have no snapshot)

    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return "leads out of that folder"
        text = StoredText(name, path.read_bytes())
    except (OSError, ValueError) as error:
        return "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})"
    if text.bad_byte is not None:
        return f"is not UTF-8 (byte {text.bad_byte}); convert it"
    return text


class _Known(dict[str, object]):
    """What is known from earlier builds; what this build did not ask for is kept as long as it is not too much."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.asked: set[str] = set()
        self.grown = False
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["version"] == _VERSION:
                self.update(data["verdicts"])
        except (OSError, ValueError, KeyError, TypeError):
            pass

    def get(self, key: str, default: object = None) -> object:
        """Return a verdict as a record, and remember that it was asked for."""
        self.asked.add(key)
        return super().get(key, default)

    def __setitem__(self, key: str, value: object) -> None:
        self.grown = True
        super().__setitem__(key, value)

    def keep(self, *, whole: bool) -> None:
        """Write what is known for the next build, if it is more than before; a ``whole`` check asks for all of use."""
        if not self.grown:
            return
        spare = [key for key in self if key not in self.asked] if whole else []
        for key in spare[: max(0, len(spare) - _SPARE)]:
            del self[key]
        text = json.dumps({"version": _VERSION, "verdicts": self}, indent=0)
        self.path.write_text(text, encoding="utf-8")
