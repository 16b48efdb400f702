"""What the commands that look at quotations print: for people on a terminal, plain in a pipe, or for programs."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sphinx_annot import __version__
from sphinx_annot.formats.report import dump_json, dump_junit, dump_sarif, encode_json
from sphinx_annot.language import labels
from sphinx_annot.model.report import InputError
from sphinx_annot.model.snapshots import Snapshot, Unreadable, read
from sphinx_annot.model.verdict import Kind
from sphinx_annot.model.verify import Unfit, answer, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_annot.model.report import Report
    from sphinx_annot.model.verdict import Verdict

FIT, UNFIT, BAD_INPUT = 0, 1, 2
FORMATS = ("table", "json", "sarif", "junit")
_NAMED = 12


# -- check -------------------------------------------------------------------------------------------------------------


def print_report(report: Report, form: str) -> int:
    """Print a report in one of the formats; return the exit status: 1 if it is not fit to publish."""
    match form:
        case "json":
            _write(dump_json(report))
        case "sarif":
            _write(dump_sarif(report, __version__, f"{Path.cwd().as_uri()}/"))
        case "junit":
            _write(dump_junit(report))
        case _:
            _show_report(report)
    return FIT if report.is_fit else UNFIT


def _show_report(report: Report) -> None:
    console = _console()
    if not console.is_terminal:
        lines = [f"{one.spot}: {one.severity}: {one.message} [annot.{one.code}]" for one in report.findings]
        lines += [f"{name}: {value}" for name, value in _summary(report)]
        _write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
        return
    if report.findings:
        table = Table("Where", "Problem", "What", title_justify="left", box=None, pad_edge=False)
        for finding in report.findings:
            style = "yellow" if finding.severity == "notice" else "red"
            what = f"[{style}]{finding.code}[/]"
            table.add_row(escape(str(finding.spot)), what, escape(finding.message))
        console.print(table, "")
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in _summary(report):
        table.add_row(f"[bold]{escape(name)}[/]", escape(value))
    console.print(table)


def _summary(report: Report) -> Iterator[tuple[str, str]]:
    total = len(report.quotations)
    yield "Quotations", f"{report.verified} of {total} verified" + _counted(report.verdicts)
    yield "Notes", f"{len(report.notes)}" + _counted(report.states)
    yield "Sources", str(len(report.sources))
    for name, keys in (("Never cited", report.uncited), ("Without snapshot", report.without_snapshot)):
        if keys:
            more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
            yield name, f"{len(keys)} ({', '.join(keys[:_NAMED])}{more})"
    for finding in report.numbers:
        yield "Printed numbers", f"{finding.spot}: {finding.message}"
    codes = ", ".join(f"{count} annot.{code}" for code, count in report.codes.items())
    yield "Problems", codes or "none"
    yield "Fit to publish", "yes" if report.is_fit else "no"


def _counted(counts: Mapping[str, int]) -> str:
    parts = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return f" ({parts})" if parts else ""


# -- verify ------------------------------------------------------------------------------------------------------------


def verify_lines(lines: Iterable[str], folder: Path) -> int:
    """Answer each line of JSON with one; return the exit status: 1 if any quotation is refused, 2 for bad lines."""
    status, bad = FIT, False

    @cache
    def snapshot(name: str) -> Snapshot | None:
        try:
            return open_snapshot(folder / name, name)
        except InputError as error:
            sys.stderr.write(f"sphinx-annot: {error}\n")
            return None

    for record in requests(lines):
        if isinstance(record, Unfit):
            bad = True
            sys.stderr.write(f"sphinx-annot: line {record.line}: {record.reason}\n")
            continue
        found = answer(record, snapshot)
        if found["verdict"] in {Kind.MISMATCH, Kind.MISSING}:
            status = UNFIT
        _write(encode_json(found) + b"\n")
    return status or (BAD_INPUT if bad else FIT)


def print_verdict(snapshot: Snapshot, verdict: Verdict) -> int:
    """Print a verdict for a person; return the exit status."""
    console = _console()
    style = "green" if verdict.is_accepted else "red" if verdict.is_refused else "yellow"
    console.print(f"[bold {style}]{verdict.kind}[/]: {labels('en')[f'verdict_{verdict.kind}']}")
    for remark in verdict.remarks:
        console.print(f"remark: {escape(str(remark))}")
    for start, end in verdict.spans:
        words = " ".join(snapshot.stored[start:end].split())
        console.print(f"{escape(snapshot.name)}:{snapshot.line(start)}: {escape(words)}")
    for words in verdict.omitted:
        console.print(f"left out: {escape(' '.join(words.split()))}")
    for item in verdict.review:
        console.print(f"review: {escape(item.what)}: {escape(item.words)}")
    if verdict.near:
        console.print(f"near, at {escape(snapshot.name)}:{verdict.line}: {escape(verdict.near)}")
    return UNFIT if verdict.is_refused else FIT


def open_snapshot(path: Path, name: str) -> Snapshot:
    """Read a snapshot from a file."""
    try:
        found = read(name, path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: {getattr(error, 'strerror', None) or error}") from error
    if isinstance(found, Unreadable):
        raise InputError(f"{name}: this is not UTF-8 (byte {found.offset}); convert it")
    return found


def _console() -> Console:
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False, emoji=False)


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
