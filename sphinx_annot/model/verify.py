"""Verdicts as plain records, in and out, as ``sphinx-annot verify --jsonl`` reads and writes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from sphinx_annot.model.quote import check
from sphinx_annot.model.verdict import Kind, Remark, Review, Verdict

if TYPE_CHECKING:
    from sphinx_annot.model.snapshots import Snapshot

_FIELDS = ("snapshot", "quote", "locator", "prefix", "suffix", "language")


@dataclass(frozen=True, slots=True)
class Unfit:
    """A line that is no record; ``line`` counts from 1."""

    line: int
    reason: str


class Stored(Protocol):
    """A text by its name and digest, read or not."""

    @property
    def name(self) -> str:
        """As verdicts name it."""
        ...

    @property
    def digest(self) -> str:
        """Of its content."""
        ...


def requests(lines: Iterable[str]) -> Iterable[Mapping[str, object] | Unfit]:
    """Read the lines of a request; empty lines are skipped."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            yield Unfit(number, f"not JSON: {error}")
            continue
        yield record if (reason := _fault(record)) is None else Unfit(number, reason)


def answer(record: Mapping[str, object], snapshot: Callable[[str], Snapshot | None]) -> dict[str, object]:
    """Check one record: ``id``, ``snapshot`` (name or list of names), ``quote`` and optional fields.

    ``snapshot`` gives the snapshot of a name, or nothing if there is none.
    """
    named = record["snapshot"]
    names = [str(name) for name in named] if isinstance(named, list) else [str(named)]
    snapshots = [found for name in names if (found := snapshot(name)) is not None]
    options = {name: str(record.get(name) or "") for name in ("locator", "prefix", "suffix", "language")}
    verdict = check(str(record["quote"]), snapshots, **options)
    return {"id": record.get("id"), **as_record(verdict)}


def as_record(verdict: Verdict) -> dict[str, object]:
    """A verdict as JSON has it; ``near`` is a word diff or null."""
    return {
        "verdict": str(verdict.kind),
        "snapshot": verdict.snapshot or None,
        "line": verdict.line or None,
        "spans": [list(span) for span in verdict.spans],
        "omitted": list(verdict.omitted),
        "review": [{"what": item.what, "words": item.words, "span": list(item.span)} for item in verdict.review],
        "remarks": [str(remark) for remark in verdict.remarks],
        "near": verdict.near or None,
    }


def from_record(record: object) -> Verdict | None:
    """A verdict out of what :func:`as_record` makes of it; nothing out of anything else."""
    try:
        data = cast("Mapping[str, Any]", record)
        return Verdict(
            kind=Kind(data["verdict"]),
            snapshot=data["snapshot"] or "",
            spans=tuple(map(_span, data["spans"])),
            omitted=tuple(map(str, data["omitted"])),
            review=tuple(Review(item["what"], item["words"], _span(item["span"])) for item in data["review"]),
            remarks=tuple(map(Remark, data["remarks"])),
            near=data["near"] or "",
            line=int(data["line"] or 0),
        )
    except (KeyError, TypeError, ValueError):
        return None


def cache_key(quote: str, snapshots: Iterable[Stored], **options: str) -> str:
    """A digest of all that a verdict depends on."""
    parts = [quote, *(f"{one.name}\0{one.digest}" for one in snapshots)]
    parts += [f"{name}={value}" for name, value in sorted(options.items())]
    return hashlib.sha256("\x01".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _span(value: Sequence[int]) -> tuple[int, int]:
    start, end = value
    return (int(start), int(end))


def _fault(record: object) -> str | None:
    if not isinstance(record, Mapping):
        return "not an object"
    for name in ("snapshot", "quote"):
        if name not in record:
            return f"no {name!r}"
    for name in _FIELDS:
        value = record.get(name)
        if value is not None and not isinstance(value, str) and not (name == "snapshot" and _is_list(value)):
            return f"{name!r} is not text"
    return None


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
