"""The configuration: one frozen record, validated at the door."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_annot.model.problems import Code
from sphinx_annot.model.series import STYLES, Series
from sphinx_annot.model.values import near_names, printed_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.config import Config

PLACEMENTS = ("margin", "foot", "end")
FOOTNOTES = ("edition", "all", "native")
CHECKS = ("warn", "show", "off")
DEFAULT_KINDS = ("context", "gloss", "correction", "dispute", "evidence", "crossref", "translation", "textual")
_SELECTOR = re.compile(r"(kind|by|layer):(.+)", re.DOTALL)
_PREFIX = "annot_"

#: name, default, what has to be done again when it changes, types. The order is that of the reference.
VALUES: tuple[tuple[str, Any, Any, tuple[type, ...]], ...] = (
    ("annot_sources", [], "env", (list, tuple)),
    ("annot_snapshots", "snapshots", "env", (str,)),
    ("annot_placement", "margin", "env", (str,)),
    ("annot_footnotes", "edition", "env", (str,)),
    ("annot_kinds", {}, "env", (dict,)),
    ("annot_series", {}, "env", (dict,)),
    ("annot_exclude_notes", [], "env", (list, tuple)),
    ("annot_paragraph_numbers", False, "env", (bool,)),
    ("annot_reader_controls", False, "env", (bool,)),
    ("annot_quote_check", "warn", "env", (str,)),
    ("annot_export", [], "env", (list, tuple)),
)


class AnnotConfig(NamedTuple):
    """What the project set. ``kinds`` maps a kind to its title (empty: a default kind's) and series.

    ``problems`` are pairs of a code and a message; the values that they are about have been replaced by defaults.
    """

    sources: tuple[str, ...]
    snapshots: str
    placement: str
    footnotes: str
    kinds: Mapping[str, tuple[str, str]]
    series: Mapping[str, Series]
    exclude_notes: tuple[tuple[str, str], ...]
    paragraph_numbers: bool
    reader_controls: bool
    quote_check: str
    problems: tuple[tuple[Code, str], ...]


def read_config(config: Config) -> AnnotConfig:
    """Validate the project's ``annot_*`` values."""
    values = {name: getattr(config, name) for name, *_ in VALUES}
    problems: list[tuple[Code, str]] = []

    def complain(message: str) -> None:
        problems.append((Code.CONFIG, message))

    # a misspelt one would be passed over without a word, and might publish what was to be left out
    known = [name.removeprefix(_PREFIX) for name, *_ in VALUES]
    for name in getattr(config, "_raw_config", ()):  # what conf.py sets, whether anybody reads it or not
        short = name.removeprefix(_PREFIX)
        if short != name and short not in known and (near := near_names(short, known)):
            complain(f"{name} is no setting; did you mean {_PREFIX}{near[0]}?")
    for name, default, _, types in VALUES:
        if not isinstance(values[name], types):
            meant = [values[name]] if list in types and isinstance(values[name], str) else default
            complain(f"{name} is {values[name]!r}: set it to a {types[0].__name__}, as in {name} = {meant!r}")
            values[name] = meant
    for name, allowed in (
        ("annot_placement", PLACEMENTS), ("annot_footnotes", FOOTNOTES), ("annot_quote_check", CHECKS),
    ):  # fmt: skip
        if values[name] not in allowed:
            complain(f'{name} is "{values[name]}": set it to one of {", ".join(allowed)}')
            values[name] = allowed[0]
    series = _series(values["annot_series"], complain)
    kinds = _kinds(values["annot_kinds"], series, complain)
    return AnnotConfig(
        sources=tuple(map(str, values["annot_sources"])),
        snapshots=values["annot_snapshots"].strip("/"),
        placement=values["annot_placement"],
        footnotes=values["annot_footnotes"],
        series=series,
        kinds=kinds,
        exclude_notes=_exclusions(values["annot_exclude_notes"], kinds, complain),
        paragraph_numbers=values["annot_paragraph_numbers"],
        reader_controls=values["annot_reader_controls"],
        quote_check=values["annot_quote_check"],
        problems=tuple(problems),
    )


def _series(value: dict[str, Any], complain: Callable[[str], None]) -> dict[str, Series]:
    series = {"notes": Series(name="notes"), "footnotes": Series(name="footnotes", style="decimal")}
    for name, fields in value.items():
        if not isinstance(fields, dict) or not set(fields) <= {"title", "style"}:
            complain(f'annot_series["{name}"] is {fields!r}: give it a "title" and a "style"')
            fields = {}  # noqa: PLW2901 (the series itself is kept, with defaults)
        style = fields.get("style", "lower-alpha")
        if style not in STYLES and not _is_alphabet(style):
            complain(
                f'annot_series["{name}"]: the style "{style}" is not known; '
                f"use one of {', '.join(STYLES)}, or a string of at least two different letters"
            )
            style = "lower-alpha"
        series[str(name)] = Series(name=str(name), title=str(fields.get("title", "")), style=style)
    return series


def _is_alphabet(style: object) -> bool:
    """Say whether a style is a string of letters to count in, not a misspelt name of a style."""
    return (
        isinstance(style, str)
        and len(style) > 1
        and len(set(style)) == len(style)
        and "-" not in style
        and not near_names(style, STYLES)
    )


def _kinds(
    value: dict[str, Any], series: Mapping[str, Series], complain: Callable[[str], None]
) -> dict[str, tuple[str, str]]:
    kinds = dict.fromkeys(DEFAULT_KINDS, ("", "notes"))
    for name, fields in value.items():
        if not isinstance(fields, dict) or not set(fields) <= {"title", "series"}:
            complain(f'annot_kinds["{name}"] is {fields!r}: give it a "title" and a "series"')
            fields = {}  # noqa: PLW2901 (the kind itself is kept, with defaults)
        wanted = str(fields.get("series", "notes"))
        if wanted not in series or wanted == "footnotes":
            complain(f'annot_kinds["{name}"]: there is no series "{wanted}"; add it to annot_series')
            wanted = "notes"
        kinds[str(name)] = (str(fields.get("title", "")), wanted)
    return kinds


def _exclusions(
    value: list[Any], kinds: Mapping[str, object], complain: Callable[[str], None]
) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for item in value:
        if not str(item).strip():
            continue
        match = _SELECTOR.fullmatch(str(item).strip())
        if match:
            name = match[2].strip()
            found.append((match[1], printed_name(name) if match[1] == "by" else name))
            if match[1] == "kind" and found[-1][1] not in kinds:
                # a misspelt kind would publish what was to be left out
                near = near_names(found[-1][1], kinds)
                hint = f'did you mean "kind:{near[0]}"?' if near else "add it to annot_kinds"
                complain(f'annot_exclude_notes: the kind of "{item}" is not known; {hint}')
        else:
            complain(f'annot_exclude_notes: "{item}" selects nothing; write kind:NAME, by:NAME or layer:DOCUMENT')
    return tuple(found)
