"""Replacements in a text that can be traced back, as a sparse map."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable


@dataclass(slots=True, eq=False, repr=False)
class Stage:
    """One step of folding: where it changed lengths. All four columns ascend."""

    in_start: array[int] = field(default_factory=lambda: array("q"))
    in_end: array[int] = field(default_factory=lambda: array("q"))
    out_start: array[int] = field(default_factory=lambda: array("q"))
    out_end: array[int] = field(default_factory=lambda: array("q"))

    def start(self, at: int) -> int:
        """The offset before this step of what begins at ``at`` after it."""
        i = bisect_right(self.out_start, at) - 1
        if i < 0:
            return at
        return self.in_start[i] if at < self.out_end[i] else self.in_end[i] + at - self.out_end[i]

    def end(self, at: int) -> int:
        """The offset before this step of what ends at ``at`` after it."""
        i = bisect_left(self.out_start, at) - 1
        if i < 0:
            return at
        return self.in_end[i] if at < self.out_end[i] else self.in_end[i] + at - self.out_end[i]

    def forward(self, at: int) -> int:
        """The offset after this step of what stands at ``at`` before it."""
        i = bisect_right(self.in_start, at) - 1
        if i < 0:
            return at
        return self.out_start[i] if at < self.in_end[i] else self.out_end[i] + at - self.in_end[i]


def rewrite(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, Stage]:
    """Replace ``text[start:end]`` by the new words of each edit; edits ascend and do not overlap."""
    stage, last, shift = Stage(), 0, 0
    pieces: list[str] = []
    for start, end, new in edits:
        pieces += text[last:start], new
        last = end
        if len(new) != end - start:
            stage.in_start.append(start)
            stage.in_end.append(end)
            stage.out_start.append(start + shift)
            shift += len(new) - (end - start)
            stage.out_end.append(end + shift)
    pieces.append(text[last:])
    return "".join(pieces), stage


def replace(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], text: str) -> tuple[str, Stage]:
    """As ``pattern.sub(new, text)``, with the map."""
    return rewrite(text, ((*match.span(), new(match)) for match in pattern.finditer(text)))
