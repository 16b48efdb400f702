"""What is taken out of the lines of a text: notes, as lines of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_annot.importing.lines import Line

#: The head of a note that is a number alone.
BARE_NOTE = re.compile(r"^\s*(?P<plain>\d{1,4})\s+(?=\S)")


@dataclass(slots=True)
class RawNote:
    """A note as lines: its label as printed, and whether ``[^label]`` declared it."""

    label: str
    lines: list[Line]
    native: bool = False
    style: str = "square"


@dataclass(slots=True)
class Extract:
    """The lines that are left, and the notes that were taken out of them."""

    lines: list[Line]
    notes: list[RawNote] = field(default_factory=list)
