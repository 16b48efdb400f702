"""The check of quotations in a build: the files of snapshots, what is known from earlier builds, the lock file."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from sphinx_annot import __version__
from sphinx_annot.model.findings import findings
from sphinx_annot.model.problems import Code, Place, Problem
from sphinx_annot.model.quotations import quotations, unchecked
from sphinx_annot.model.values import clip

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from sphinx_annot.config import AnnotConfig
    from sphinx_annot.model.comparing import StoredText
    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.lock import Lock, Malformed, ReviewLock
    from sphinx_annot.model.quotations import Checked

LOCK_FILE = "annot.lock"
_KNOWN_FILE = "annot-verdicts.json"
_VERSION = f"{__version__}-1"
"""Of the file with known verdicts. Where the rules of the check change, verdicts that are known hold no longer."""
_SPARE = 1000


def check_edition(
    edition: Edition, settings: AnnotConfig, *, srcdir: Path, confdir: Path, doctreedir: Path, language: str
) -> tuple[list[Checked], list[Problem]]:
    """Check all quotations; return them, and what is wrong with them, with snapshots, or with the lock file."""
    checked: list[Checked] = []
    problems: list[Problem] = []
    lock = read_lock(confdir) if (confdir / LOCK_FILE).is_file() else None
    reviews: Collection[ReviewLock] = getattr(lock, "reviews", ())  # one that is malformed has none
    if settings.quote_check != "off":
        stored = cache(lambda name: stored_text(srcdir / settings.snapshots, name))
        checked = _checked(edition, stored, doctreedir, language, excerpts=settings.quote_check == "show")
        problems += _unreadable(edition, stored, settings.snapshots)
        problems += findings(checked, settings.snapshots, reviews)
    if lock is not None:
        problems += _stale(lock, edition, checked, confdir)
    return checked, problems


def read_lock(confdir: Path) -> Lock | Malformed:
    """Read the lock file of a project."""
    from sphinx_annot.model.lock import Malformed, load  # noqa: PLC0415 (few projects have one)

    try:
        return load((confdir / LOCK_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Malformed(str(error))


def _stale(lock: Lock | Malformed, edition: Edition, checked: list[Checked], confdir: Path) -> Iterator[Problem]:
    from sphinx_annot.model.drift import drifted  # noqa: PLC0415 (few projects have a lock file)
    from sphinx_annot.model.lock import Malformed  # noqa: PLC0415

    if isinstance(lock, Malformed):
        place = Place(docname=edition.order[0] if edition.order else "", line=1, file=str(confdir / LOCK_FILE))
        message = f"the lock file cannot be read: {lock.reason}; mend it, or delete it and accept anew"
        yield Problem(code=Code.FILE, message=message, place=place)
    else:
        yield from drifted(lock, edition, checked)


def shown_verdicts(checked: Iterable[Checked], settings: AnnotConfig) -> dict[str, str]:
    """Return, for a project that shows them, what tells the verdicts of each document apart; else nothing."""
    found: dict[str, str] = {}
    for item in checked if settings.quote_check == "show" else ():
        verdict = item.verdict
        seen = (item.quotation.name, verdict.kind, verdict.near, verdict.snapshot, verdict.line, item.excerpt)
        found[item.quotation.docname] = found.get(item.quotation.docname, "") + repr(seen)
    return found


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


def _checked(
    edition: Edition,
    stored: Callable[[str], StoredText | str],
    doctreedir: Path,
    language: str,
    *,
    excerpts: bool,
) -> list[Checked]:
    found = list(quotations(edition, language))
    if not any(item.is_comparable for item in found):
        return [unchecked(item) for item in found]
    from sphinx_annot.model.comparing import check_quotations  # noqa: PLC0415 (there is something to compare with)

    known = _Known(doctreedir / _KNOWN_FILE)
    checked = check_quotations(found, edition, stored, known, excerpts=excerpts)
    known.keep()
    return checked


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

    def keep(self) -> None:
        """Write what is known for the next build, if it is more than before."""
        if not self.grown:
            return
        spare = [key for key in self if key not in self.asked]
        for key in spare[: max(0, len(spare) - _SPARE)]:
            del self[key]
        text = json.dumps({"version": _VERSION, "verdicts": self}, indent=0)
        self.path.write_text(text, encoding="utf-8")


def _unreadable(edition: Edition, stored: Callable[[str], StoredText | str], folder: str) -> Iterator[Problem]:
    for _, item in edition.sources.values():
        for name in item.source.snapshot:
            found = stored(name)
            if isinstance(found, str):
                message = f'the snapshot "{clip(name)}" in the folder "{folder}" {found}; correct the path or the file'
                yield Problem(code=Code.FILE, message=message, place=item.place)
