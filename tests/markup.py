"""The two markup languages behind one face, so that a test can be written once and hold for both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def indent(text: str, by: int) -> str:
    """Every line of ``text`` that is not empty, moved to the right."""
    return "\n".join(" " * by + line if line else line for line in text.splitlines())


def _fence(body: str) -> str:
    return ":" * max([3, *(len(run) + 1 for run in re.findall(r"^:{3,}", body, re.MULTILINE))])


def _myst_directive(name: str, argument: str, options: Mapping[str, str], body: str) -> str:
    fence = _fence(body)
    lines = [f"{fence}{{{name}}} {argument}".rstrip(), *(f":{key}: {value}".rstrip() for key, value in options.items())]
    return "\n".join([*lines, *(["", body] if body else []), fence])


def _rst_directive(name: str, argument: str, options: Mapping[str, str], body: str) -> str:
    lines = [f".. {name}:: {argument}".rstrip()]
    lines += [f"   :{key}: {value}".rstrip() for key, value in options.items()]
    return "\n".join(lines) + (f"\n\n{indent(body, 3)}" if body else "")


def _rst_heading(text: str, level: int) -> str:
    return f"{text}\n{'=-~^'[level - 1] * max(len(text), 3)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How one language writes what our tests need. ``directive`` takes name, argument, options and body."""

    name: str
    suffix: str
    directive: Callable[[str, str, Mapping[str, str], str], str]
    role: Callable[[str, str], str]
    heading: Callable[[str, int], str]
    mark: Callable[[str], str]
    footnote: Callable[[str, str], str]
    quotation: Callable[[str, str], str]
    strong: Callable[[str], str]
    emphasis: Callable[[str], str]

    def toctree(self, names: Iterable[str], depth: int = -1) -> str:
        """A table of contents, of all levels by default."""
        options = {"maxdepth": str(depth)} if depth > 0 else {}
        return self.directive("toctree", "", options, "\n".join(names))

    def block(self, name: str, argument: str = "", body: str = "", /, **options: str) -> str:
        """One of our directives; in the names of ``options`` an underscore is a hyphen, and dropped at the end."""
        named = {key.rstrip("_").replace("_", "-"): value for key, value in options.items()}
        return self.directive(f"annot:{name}", argument, named, body)

    def span(self, name: str, text: str) -> str:
        """One of our roles."""
        return self.role(f"annot:{name}", text)

    def text(self, *blocks: str) -> str:
        """A document of ``blocks``; empty ones are left out."""
        return "\n\n".join(block for block in blocks if block) + "\n"

    def __str__(self) -> str:
        return self.name


MYST: Final = Markup(
    name="myst",
    suffix=".md",
    directive=_myst_directive,
    role=lambda name, text: f"{{{name}}}`{text}`",
    heading=lambda text, level: f"{'#' * level} {text}",
    mark=lambda label: f"[^{label}]",
    footnote=lambda label, body: f"[^{label}]: {indent(body, 4).lstrip()}",
    quotation=lambda text, attribution: f"> {text}\n>\n> {attribution}",
    strong=lambda text: f"**{text}**",
    emphasis=lambda text: f"*{text}*",
)
RST: Final = Markup(
    name="rst",
    suffix=".rst",
    directive=_rst_directive,
    role=lambda name, text: f":{name}:`{text}`",
    heading=_rst_heading,
    mark=lambda label: f"[#{label}]_",
    footnote=lambda label, body: f".. [#{label}] {indent(body, 3).lstrip()}",
    quotation=lambda text, attribution: f"   {text}\n\n   -- {attribution}",
    strong=lambda text: f"**{text}**",
    emphasis=lambda text: f"*{text}*",
)
BOTH: Final = (MYST, RST)
