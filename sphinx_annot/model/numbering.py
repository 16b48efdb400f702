"""The numbers of sources: printed ones kept, the others counted around them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST = 100
_NUMBER = re.compile(r"(\d+)(.*)", re.DOTALL)


def number_sources(keys: Sequence[str], printed: Mapping[str, str]) -> dict[str, str]:
    """Return the label of each source of a list, in the list's order.

    ``keys`` come in the order of first citation; ``printed`` holds the numbers as the text prints them, which stay.
    The others are counted from 1 and pass over the plain integers among the printed ones.
    """
    reserved = {label for label in printed.values() if label.isdecimal()}
    reserved = {str(int(label)) for label in reserved}
    labels: dict[str, str] = {}
    number = 0
    for key in keys:
        label = printed.get(key, "")
        if not label:
            number += 1
            while str(number) in reserved:
                number += 1
            label = str(number)
        labels[key] = label
    return {key: labels[key] for key in sorted(labels, key=lambda key: sort_key(labels[key]))}


def sort_key(label: str) -> tuple[int, int, str]:
    """Return what sorts labels: numbers by value (``12`` before ``12a``), all others behind, as they come."""
    match = _NUMBER.fullmatch(label)
    return (0, int(match[1]), match[2]) if match else (1, 0, "")


def irregular(labels: Iterable[str]) -> tuple[list[str], list[int]]:
    """Return the printed numbers that stand twice, and the first integers missing between two of them."""
    seen: set[str] = set()
    doubled = []
    for label in labels:
        if label in seen and label not in doubled:
            doubled.append(label)
        seen.add(label)
    numbers = sorted({int(match[1]) for label in seen if (match := _NUMBER.fullmatch(label))})
    missing = [
        number
        for before, after in pairwise(numbers)
        # a gap of millions is no list to print
        for number in range(before + 1, min(after, before + 1 + _MOST))
    ]
    return doubled, missing
