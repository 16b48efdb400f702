"""The state of an edition at a glance: its quotations by verdict, its notes, its sources, its problems."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_annot.model.problems import Code
from sphinx_annot.model.verdict import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.problems import Place, Problem
    from sphinx_annot.model.quotations import Checked
    from sphinx_annot.model.verdict import Verdict

STATES = ("lemma", "block", "mark", "orphan")


class InputError(Exception):
    """Something that was asked for cannot be read; the words say why, in one line."""


class Spot(NamedTuple):
    """A place in a file of the project; ``line`` counts from 1, 0 is unknown."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class QuotationRow(NamedTuple):
    """A quotation and what its check said."""

    id: str
    kind: str
    document: str
    source: str
    locator: str
    words: str
    verdict: Verdict
    spot: Spot


class NoteRow(NamedTuple):
    """A note, and how it is tied to the text: by its lemma, to a block, to marks, or not at all."""

    id: str
    document: str
    state: str
    spot: Spot


class Finding(NamedTuple):
    """A problem with the file that it is in."""

    code: Code
    message: str
    spot: Spot

    @property
    def severity(self) -> str:
        """``warning`` or ``notice``."""
        return "notice" if self.code.is_notice else "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is to be said of an edition before it is published. Sources are named by their keys."""

    project: str
    quotations: tuple[QuotationRow, ...]
    notes: tuple[NoteRow, ...]
    sources: tuple[str, ...]
    uncited: tuple[str, ...]
    without_snapshot: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_fit(self) -> bool:
        """Whether no warning stands against publishing."""
        return not any(finding.severity == "warning" for finding in self.findings)

    @property
    def verified(self) -> int:
        """How many quotations stand in their sources."""
        return sum(row.verdict.is_accepted for row in self.quotations)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many quotations have each verdict, the best first, those that none has included."""
        counts = Counter(row.verdict.kind for row in self.quotations)
        return {str(kind): counts[kind] for kind in Kind}

    @property
    def states(self) -> Mapping[str, int]:
        """How many notes are tied to the text in each way."""
        counts = Counter(row.state for row in self.notes)
        return {state: counts[state] for state in STATES}

    @property
    def codes(self) -> Mapping[str, int]:
        """How many problems there are of each code that has any."""
        counts = Counter(finding.code for finding in self.findings)
        return {str(code): counts[code] for code in Code if counts[code]}

    @property
    def numbers(self) -> tuple[Finding, ...]:
        """What is odd about printed numbers."""
        return tuple(finding for finding in self.findings if finding.code is Code.NUMBER)


def make_report(
    project: str,
    edition: Edition,
    checked: Iterable[Checked],
    problems: Iterable[Problem],
    spot: Callable[[Place], Spot],
) -> Report:
    """Put a report together; ``spot`` says where in the files a place is."""
    sources = [
        (key, edition.source_def(key).source) for key in edition.index.sources if key not in edition.index.editions
    ]
    notes = [
        NoteRow(note.uid, docname, note.placement.state, spot(note.note.place))
        for docname in edition.order
        for note in edition.pages[docname].notes
    ]
    return Report(
        project=project,
        quotations=tuple(_row(item, spot) for item in checked),
        notes=tuple(notes),
        sources=tuple(key for key, _ in sources),
        uncited=tuple(key for key, _ in sources if not edition.index.citing.get(key)),
        without_snapshot=tuple(key for key, source in sources if not source.snapshot),
        findings=tuple(Finding(problem.code, problem.message, spot(problem.place)) for problem in problems),
    )


def _row(item: Checked, spot: Callable[[Place], Spot]) -> QuotationRow:
    found = item.quotation
    return QuotationRow(
        id=found.id,
        kind=found.kind,
        document=found.docname,
        source=found.key or found.source,
        locator=found.locator,
        words=" ".join(found.words.split()),
        verdict=item.verdict,
        spot=spot(found.place),
    )
