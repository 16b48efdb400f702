"""Names that are taken: a free one beside them, and documents' names as they stand in ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from sphinx_annot.model.problems import Place


def same_place(first: Place, second: Place) -> bool:
    """Say whether two definitions are one, read twice: an included file's own line."""
    return bool(first.file) and (first.file, first.line) == (second.file, second.line)


def free(name: str, taken: Container[str], *, plain: bool = False) -> str:
    """Return the name with the first number from 2 that makes it free; ``plain``: without one if possible."""
    if plain and name not in taken:
        return name
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return each document's name as it stands in ids, no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        slug = re.sub(r"[\s/]+", "-", name)
        if slug in taken:
            slug = free(f"{slug}-", taken)
        taken.add(slug)
        found[name] = slug
    return found
