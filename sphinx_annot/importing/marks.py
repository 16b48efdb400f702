"""Marks: which brackets, superscripts and symbols of a text lead to its notes, and to which."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import (
    Block,
    Doubt,
    FoundMark,
    FoundNote,
    Run,
    all_leaves,
    joined,
    plain,
    split_runs,
    squeeze,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ITEM = r"(?:[A-Za-z]?\d{1,4}[a-z]?|[*†‡§‖¶]{1,4}|[a-zA-Z]{1,2}|[ivxlc]{1,6}|(?:note|n|fn|nt)\.? ?\d{1,3}|[٠-٩]{1,4})"
_PATTERNS: dict[str, re.Pattern[str]] = {
    "caret": re.compile(r"\[\^([^\]\n]{1,60})\](?!:)"),
    "square": re.compile(rf"\\?\[\s?({_ITEM}(?:\s?[,;–-]\s?{_ITEM}){{0,8}})\s?\\?\]"),
    "round": re.compile(r"\((¬?\d{1,4}[a-z]?(?:\s?[,;–-]\s?\d{1,4}){0,4})\)"),
    "super": re.compile(r"[¹²³⁰⁴-⁹]{1,4}"),
    "glued": re.compile(r"(?<=[a-z][.,;:\"”’)])(\d{1,3})(?=\s|$)|(?<=[a-z])(\d{1,2})(?=[\s.,;]|$)"),
    "symbol": re.compile(r"(?<=[\w.,;:!?\"”’)\]])\\?(\*{1,3}|†{1,3}|‡{1,3}|§{1,2}|‖|¶)(?=[\s.,;:!?\"”’)—-]|$)"),
}
_DIGITS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_RANGE = re.compile(r"^(\d{1,4})\s?[–-]\s?(\d{1,4})$")
_AFTER = 30


@dataclass(slots=True)
class _Candidate:
    leaf: int
    start: int
    end: int
    style: str
    labels: list[str]
    glued: bool


class MarkFinder:
    """Finds the marks of one article; replaces them in the runs of its blocks."""

    def __init__(self, blocks: Sequence[Block], notes: Sequence[FoundNote]) -> None:
        """Take the blocks of the body and the notes that were found."""
        self._leaves = [leaf for leaf in all_leaves(blocks) if leaf.kind not in ("code", "rule")]
        self._notes = notes
        self._by_label: dict[str, list[int]] = defaultdict(list)
        self._by_key = {note.key: index for index, note in enumerate(notes)}
        for index, note in enumerate(notes):
            self._by_label[fold_label(note.label)].append(index)
        self._used: dict[str, int] = defaultdict(int)
        self._totals: dict[str, int] = defaultdict(int)
        self.marks: list[FoundMark] = []
        self.doubts: list[Doubt] = []

    def run(self) -> None:
        """Find the marks, put them into the runs, and pair them with notes."""
        found = self._candidates()
        accepted = self._accept(found)
        by_leaf: dict[int, list[_Candidate]] = defaultdict(list)
        for candidate in accepted:
            by_leaf[candidate.leaf].append(candidate)
        for candidate in accepted:
            for label in candidate.labels:
                self._totals[fold_label(label)] += 1
        before = ""
        for index, leaf in enumerate(self._leaves):
            self._place(leaf, by_leaf.get(index, []), before)
            text = plain(leaf.runs)
            before = (before + " " + text)[-200:] if text.strip() else before

    # -- candidates ----------------------------------------------------------------------------------------------

    def _candidates(self) -> list[_Candidate]:
        found: list[_Candidate] = []
        for index, leaf in enumerate(self._leaves):
            text = joined(leaf.runs)
            if not text:
                continue
            closed = _closed_ranges(leaf.runs)
            for style, pattern in _PATTERNS.items():
                for match in pattern.finditer(text):
                    if any(start < match.end() and match.start() < end for start, end in closed):
                        continue
                    labels = _labels(next(group for group in (*match.groups(), match[0]) if group), style)
                    glued = match.start() > 0 and not text[match.start() - 1].isspace()
                    if labels:
                        found.append(_Candidate(index, match.start(), match.end(), style, labels, glued))
            found += _raised(index, leaf.runs)
        return sorted(found, key=lambda item: (item.leaf, item.start))

    # -- acceptance ----------------------------------------------------------------------------------------------

    def _accept(self, found: list[_Candidate]) -> list[_Candidate]:
        known = set(self._by_label)
        accepted = [item for item in found if item.style == "caret"]
        covered = {fold_label(label) for item in accepted for label in item.labels} | {
            fold_label(self._notes[self._by_key[key]].label) for key in self._linked()
        }
        for style in ("square", "sup", "super", "symbol", "glued", "round"):
            items = [item for item in found if item.style == style]
            fitting = [item for item in items if all(fold_label(label) in known for label in item.labels)]
            new = {fold_label(label) for item in fitting for label in item.labels} - covered
            if style == "glued":
                fitting = _chain(fitting)
                new = {fold_label(label) for item in fitting for label in item.labels} - covered
            if fitting and (new and self._enough(style, new, known - covered)):
                chosen = self._with_gaps(style, items, fitting)
                accepted += chosen
                covered |= {fold_label(label) for item in chosen for label in item.labels}
            elif style == "square" and fitting and not new:
                accepted += [item for item in fitting if item.labels[0].isdigit()]
        accepted += self._without_notes(found, accepted)
        return _disjoint(accepted)

    def _linked(self) -> set[str]:
        return {run.note for leaf in self._leaves for run in leaf.runs if run.note and run.note in self._by_key}

    def _enough(self, style: str, new: set[str], wanted: set[str]) -> bool:
        """Round brackets, symbols and raised figures mean many things; they need most of the notes."""
        if style == "square":
            telling = any(not char.isalpha() for label in new for char in label)
            return telling or len(new) * 2 >= len(wanted)
        share = 5 if style == "glued" else 2
        return len(new) * share >= len(wanted) * (share - 1)

    def _with_gaps(self, style: str, items: list[_Candidate], fitting: list[_Candidate]) -> list[_Candidate]:
        """Add marks of the same style whose own note is missing but which stand in the series."""
        numbers = [int(item.labels[0]) for item in fitting if item.labels[0].isdigit()]
        if style not in ("square", "round", "sup", "super") or len(numbers) < 3:
            return fitting
        chosen = list(fitting)
        ids = {id(item) for item in fitting}
        for position, item in enumerate(items):
            if id(item) in ids or not all(label.isdigit() for label in item.labels):
                continue
            before = next(
                (
                    int(other.labels[-1])
                    for other in reversed(items[:position])
                    if id(other) in ids and other.labels[-1].isdigit()
                ),
                0,
            )
            after = next(
                (
                    int(other.labels[0])
                    for other in items[position + 1 :]
                    if id(other) in ids and other.labels[0].isdigit()
                ),
                before + 3,
            )
            if (
                before < int(item.labels[0]) < after
                and after - before <= 4
                and str(int(item.labels[0])) == item.labels[0]
            ):
                chosen.append(item)
        return chosen

    def _without_notes(self, found: list[_Candidate], accepted: list[_Candidate]) -> list[_Candidate]:
        """Marks whose notes are all missing: the sign ``(¬1)``, or ``[1]``, ``[2]``, ``[3]`` from the start."""
        signs = [item for item in found if item.style == "round" and item.labels[0].startswith("¬")]
        for item in signs:
            item.labels = [label.lstrip("¬") for label in item.labels]
        if self._notes or accepted:
            return signs
        series = [
            item
            for item in found
            if item.style == "square" and item.glued and all(label.isdigit() for label in item.labels)
        ]
        numbers = list(dict.fromkeys(int(label) for item in series for label in item.labels))
        return signs + (series if len(numbers) >= 3 and numbers == list(range(1, len(numbers) + 1)) else [])

    # -- placing -------------------------------------------------------------------------------------------------

    def _place(self, leaf: Block, candidates: list[_Candidate], before: str) -> None:
        text = joined(leaf.runs)
        ends = [(item.start, item.end, self._replacement(item, text)) for item in candidates]
        runs = split_runs(leaf.runs, ends) if ends and text else list(leaf.runs)
        so_far = ""
        for index, run in enumerate(runs):
            if run.note:
                native = run.note in self._by_key or run.note == "?caret"
                note = self._by_key[run.note] if run.note in self._by_key else self._pair(run.text, leaf.line)
                words = squeeze(f"{before} {so_far}")
                runs[index] = replace(run, note="", mark=len(self.marks), styles=run.styles)
                self.marks.append(
                    FoundMark(
                        label=run.text,
                        note=note,
                        after=words[-_AFTER:],
                        line=leaf.line,
                        native=native,
                        printed=run.printed or run.text,
                    )
                )
                if note < 0:
                    self.doubts.append(Doubt(line=leaf.line, message=f'the mark "{run.text}" leads to no note'))
            elif not run.image:
                so_far += run.text
        leaf.runs = runs

    @staticmethod
    def _replacement(item: _Candidate, text: str) -> list[Run]:
        surface = text[item.start : item.end].replace("\\", "")
        return [
            Run(
                text=label,
                note=f"?{item.style}",
                printed=surface if len(item.labels) == 1 else f"{surface[0]}{label}{surface[-1]}",
            )
            for label in item.labels
        ]

    def _pair(self, label: str, line: int) -> int:
        """Return the index of the note that a mark at ``line`` leads to, -1 if there is none."""
        key = fold_label(label)
        notes = self._by_label.get(key, [])
        turn = self._used[key]
        self._used[key] += 1
        if len(notes) < 2:
            return notes[0] if notes else -1
        if self._totals[key] == len(notes):
            return notes[turn]
        later = [index for index in notes if self._notes[index].line >= line]
        return later[0] if later else notes[-1]


def fold_label(label: str) -> str:
    """Return what two spellings of one label have in common; ``01`` and ``1`` stay apart."""
    return label.translate(_DIGITS).strip().casefold()


def _labels(text: str, style: str) -> list[str]:
    if style == "caret":
        return [text.strip()]
    labels: list[str] = []
    for part in re.split(r"\s?[,;]\s?", text.strip("\\")):
        span = _RANGE.match(part)
        if span and int(span[1]) < int(span[2]) <= int(span[1]) + 12:
            labels += [str(number) for number in range(int(span[1]), int(span[2]) + 1)]
        elif span:
            return []
        else:
            labels.append(part.translate(_DIGITS) if style == "super" else part)
    return labels


def _chain(items: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the first item with the label 1, the first after it with 2, and so on."""
    chain: list[_Candidate] = []
    for item in items:
        if item.labels == [str(len(chain) + 1)]:
            chain.append(item)
    return chain


def _closed_ranges(runs: Iterable[Run]) -> list[tuple[int, int]]:
    """Return the stretches of text that hold no marks: code, marks already known, images, addresses."""
    result: list[tuple[int, int]] = []
    position = 0
    for run in runs:
        end = position + len(run.text)
        if "code" in run.styles or run.note or run.image or run.mark >= 0 or (run.href and "://" in run.text):
            result.append((position, end))
        position = end
    return result


def _raised(leaf: int, runs: Sequence[Run]) -> list[_Candidate]:
    """Return superscript runs that hold a label."""
    found = []
    position = 0
    for run in runs:
        label = run.text.strip(" []()")
        if "sup" in run.styles and not run.note and re.fullmatch(r"\d{1,4}|[*†‡§¶]{1,3}", label) and position:
            found.append(_Candidate(leaf, position, position + len(run.text), "sup", [label], glued=True))
        position += len(run.text)
    return found


def _disjoint(items: list[_Candidate]) -> list[_Candidate]:
    """Keep the first of candidates that overlap."""
    result: list[_Candidate] = []
    for item in sorted(items, key=lambda item: (item.leaf, item.start, -item.end)):
        if not result or (result[-1].leaf, result[-1].end) <= (item.leaf, item.start) or result[-1].leaf < item.leaf:
            result.append(item)
    return result
