"""Reading a page from top to bottom: in which order its sources are cited and its notes marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_annot.model.edition import Edition
    from sphinx_annot.model.records import Note, Placement


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Shown:
    """A note that a page shows: whose it is, and where it stands."""

    origin: str
    index: int
    uid: str
    note: Note
    placement: Placement


class Scan:
    """One pass over a page in reading order: which sources it cites, and the labels of its notes."""

    def __init__(self, edition: Edition, docname: str) -> None:
        self.edition = edition
        self.docname = docname
        self.doc = edition.docs[docname]
        #: key -> None, in order of first citation
        self.cited: dict[str, None] = {}
        #: (document, number of the mark there or of the note) in reading order; -1 is a note's own mark
        self.visits: list[tuple[str, int, Shown | None]] = []
        self.labels: dict[str, str] = {}
        self.notes: list[Shown] = []
        self.footnotes: list[str] = []
        #: notes and footnotes in the order of their marks
        self.order: list[tuple[str, str]] = []
        self._counts: dict[str, int] = defaultdict(int)
        self._shown = {shown.uid: shown for shown in edition.shown_on(docname)}
        self._owned: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._beside = {item.id for item in self.doc.footnotes}
        self._read()

    def _read(self) -> None:
        self._own_marks()
        for index, shown in self._events():
            if shown:
                self._anchor(shown)
            else:
                self._mark(self.docname, index)
        for shown in self._shown.values():
            self._note(shown)
        # those that only notes on other pages mark stay with the words of these notes
        elsewhere = {mark.target for mark in self.doc.marks if mark.what == "footnote" and mark.owner[:5] == "note:"}
        for footnote in self.doc.footnotes:
            if footnote.id not in elsewhere:
                self._footnote(self.docname, footnote.id)
        for item in self.doc.sources:
            # a remark stands in the home list, which is here if this page lists the source
            if item.source.number or item.source.key in self.cited:
                self._inside(self.docname, f"source:{item.source.key}")

    def _own_marks(self) -> None:
        """Keep the marks inside notes, footnotes and remarks by what they stand in."""
        for origin in {self.docname, *(shown.origin for shown in self._shown.values())}:
            for index, mark in enumerate(self.edition.docs[origin].marks):
                if mark.owner:
                    self._owned[origin, mark.owner].append(index)

    def _events(self) -> Iterator[tuple[int, Shown | None]]:
        """Yield the numbers of the text's marks, and the notes anchored in it, in reading order."""
        events: list[tuple[int, int, int, int, Shown | None]] = []
        for index, mark in enumerate(self.doc.marks):
            if mark.what and not mark.owner:
                events.append((mark.at.block, mark.at.offset, 0, index, None))
        for number, shown in enumerate(self._shown.values()):
            if shown.placement.end:
                end = shown.placement.end
                events.append((end.block, end.offset, 2 if shown.placement.below else 1, number, shown))
        events.sort(key=lambda event: event[:4])
        for *_, index, anchored in events:
            yield index, anchored

    def _anchor(self, shown: Shown) -> None:
        self.visits.append((shown.origin, -1, shown))
        self._note(shown)

    def _mark(self, origin: str, index: int) -> None:
        mark = self.edition.docs[origin].marks[index]
        if not mark.what:
            return
        self.visits.append((origin, index, None))
        if mark.what == "cite":
            key = self.edition.key_of(origin, mark.target)
            if key:
                self.cited.setdefault(key)
        elif mark.what == "note":
            shown = self._shown.get(self.edition.note_uid(origin, mark.target))
            if shown:
                self._note(shown)
        else:
            self._footnote(origin, mark.target)

    def _note(self, shown: Shown) -> None:
        if shown.uid in self.labels:
            return
        series = self.edition.series_of(shown.note)
        self._counts[series] += 1
        self.labels[shown.uid] = self.edition.settings.series[series].label(self._counts[series])
        self.notes.append(shown)
        self.order.append(("note", shown.uid))
        self._inside(shown.origin, f"note:{shown.index}")

    def _footnote(self, origin: str, name: str) -> None:
        if (origin, name) in self.footnotes_seen:
            return
        self.footnotes_seen.add((origin, name))
        if origin == self.docname and name in self._beside:
            self.footnotes.append(name)
            self.order.append(("footnote", name))
        self._inside(origin, f"footnote:{name}")

    @cached_property
    def footnotes_seen(self) -> set[tuple[str, str]]:
        """The footnotes whose marks have been visited."""
        return set()

    def _inside(self, origin: str, owner: str) -> None:
        for index in self._owned.pop((origin, owner), ()):
            self._mark(origin, index)
