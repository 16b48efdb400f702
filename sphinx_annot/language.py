"""What depends on a language: our own labels, quotation marks, dates, lists of names, direction of writing.

A language is a BCP 47 tag (``de``, ``de-AT``, ``zh-Hant``), also in the spelling of Sphinx and
POSIX (``pt_BR``, ``sr@latin``). It is text that an author typed: one that nothing is known about is
never an error, English stands in for it.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

# babel is imported where it is used: a build that writes no page needs none of it
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from babel import Locale

Labels: TypeAlias = "Mapping[str, str]"

_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
_SCRIPT: Final = re.compile(r"-([a-z]{4})(?=-|$)")
_POSIX_SCRIPTS: Final = {"latin": "-latn", "cyrillic": "-cyrl", "devanagari": "-deva"}
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_FULL: Final = 3
"""Numbers in a whole date; fewer are a date cut short."""
_YEAR_WITH_MORE: Final = frozenset("bg bs hr hu ja ko lv mk prg sr yue zh".split())
"""The languages in which a year alone is more than its figures, in CLDR."""
_SEMICOLONS: Final = {"ar": "؛ ", "fr": "\u00a0; ", "zh": "；"}

# ISO 15924 codes, and the languages that are written in one of them where the tag names none.
_RTL_SCRIPTS: Final = frozenset(
    "adlm arab aran armi avst chrs hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo orkh ougr palm "
    "phli phlp phnx prti rohg samr sarb sogd sogo syre syrj syrn syrc thaa yezi".split()
)
_RTL_LANGUAGES: Final = frozenset(
    "aeb aii ajp apc ar arc ary arz azb bal bgn bqi ckb dv fa fas ara glk haz hbo he heb iw jpr jrb ks lad lrc luz mzn "
    "nqo ota pal peo per phn pnb prd prs ps pus rhg sam sd sdh skr smp syc syr ug uig ur urd xmn ydd yi yid".split()
)


class QuotationMarks(NamedTuple):
    """The marks around quoted words, and those around a quotation inside them."""

    opening: str
    closing: str
    nested_opening: str
    nested_closing: str


@cache
def labels(language: str) -> Labels:
    """Return every label in ``language``, by its key; one that is not translated is in English.

    The keys are those of ``locale/en.toml``. A label with ``{fields}`` is a template for
    :meth:`str.format`; text given to it is never read as a template again.
    """
    found: dict[str, str] = {}
    for tag in reversed([*_lookup(language), "en"]):
        found |= _read(tag)
    return MappingProxyType(found)


def quotation_marks(language: str) -> QuotationMarks:
    """Return the quotation marks of ``language``, those of English if it is not known."""
    table = _quotation_table()
    return next((table[tag] for tag in _lookup(language) if tag in table), table["en"])


def direction(language: str) -> str:
    """Return ``"rtl"`` or ``"ltr"``, the value of ``dir`` for text in ``language``; ``""`` for no language."""
    tag = _normal(language)
    primary = tag.partition("-")[0]
    if primary in {"", "und"}:
        return ""
    script = _SCRIPT.search(tag)
    right_to_left = script[1] in _RTL_SCRIPTS if script else primary in _RTL_LANGUAGES
    return "rtl" if right_to_left else "ltr"


@lru_cache(maxsize=4096)
def date(iso: str, language: str) -> str:
    """Return a date as ``language`` writes it out: ``2019-02-09`` is "9. Februar 2019" in German.

    ``iso`` is an ISO 8601 date, whole or cut short (``2019``, ``2019-02``), or two of them with
    ``/`` between. Anything else is returned as typed, also a day that the calendar has not, or an end before
    its beginning.
    """
    start, slash, end = iso.strip().partition("/")
    first, last = _parse(start), _parse(end)
    if first is None or (slash and last is None) or (last is not None and last < first[: len(last)]):
        return iso
    is_single = last is None or last == first
    if is_single and len(first) == 1 and _normal(language).partition("-")[0] not in _YEAR_WITH_MORE:
        return str(first[0])  # as most dates are, and loading a locale is slow
    locale = _locale(language)
    if last is None or is_single:
        return _single(first, locale)
    return _interval(first, last, locale)


def names(people: Sequence[str], language: str) -> str:
    """Return names as one list, "A, B, and C" in English; CLDR has the form of each language.

    Names with commas of their own, "Doe, Jane", are kept apart by semicolons, as in "Doe, Jane; Roe, Ann".
    """
    if len(people) == 1:
        return people[0]
    from babel.lists import format_list  # noqa: PLC0415

    if any("," in name for name in people):
        return _SEMICOLONS.get(_locale(language).language, "; ").join(people)
    return format_list(list(people), locale=_locale(language))


def _normal(language: str) -> str:
    """The tag in lower case with ``-``; empty if it is none. Guards the file names made from it."""
    name, _, modifier = language.strip().lower().partition("@")
    tag = name.partition(".")[0].replace("_", "-") + _POSIX_SCRIPTS.get(modifier, "")
    return tag if _TAG.fullmatch(tag) else ""


def _lookup(language: str) -> Iterator[str]:
    """The tag and its parents, most exact first (RFC 4647, lookup); ``de-at``, ``de``."""
    tag = _normal(language)
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


@cache
def _read(name: str) -> dict[str, str]:
    file = files("sphinx_annot") / "locale" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def _quotation_table() -> dict[str, QuotationMarks]:
    file = files("sphinx_annot") / "locale" / "_quotes.toml"
    rows: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {tag: QuotationMarks(*marks) for row, marks in rows.items() for tag in row.split()}


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    for tag in _lookup(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _parse(text: str) -> tuple[int, ...] | None:
    """The one to three numbers of an ISO date, or None if it is none."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    numbers = tuple(int(part) for part in match.groups() if part is not None)
    try:
        _day(numbers)
    except ValueError:
        return None
    return numbers


def _day(numbers: tuple[int, ...]) -> dt.date:
    return dt.date(*(*numbers, 1, 1)[:3])


def _single(numbers: tuple[int, ...], locale: Locale) -> str:
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    day = _day(numbers)
    if len(numbers) < _FULL:
        return format_skeleton("y" if len(numbers) == 1 else "yMMMM", day, locale=locale)
    return _first_of_month(format_date(day, "long", locale=locale), day, locale)


def _interval(first: tuple[int, ...], last: tuple[int, ...], locale: Locale) -> str:
    """Both dates with what they share written once, after CLDR's interval patterns."""
    from babel.dates import format_date  # noqa: PLC0415

    patterns = _interval_patterns(locale, len(first)) if len(first) == len(last) else {}
    differs = next((field for field, a, b in zip("yMd", first, last, strict=False) if a != b), "")
    if differs not in patterns:
        return f"{_single(first, locale)} – {_single(last, locale)}"
    parts = zip((first, last), patterns[differs], strict=True)
    return "".join(
        _first_of_month(format_date(_day(numbers), pattern, locale=locale), _day(numbers), locale)
        for numbers, pattern in parts
    )


def _interval_patterns(locale: Locale, precision: int) -> Mapping[str, list[str]]:
    """CLDR's patterns by the first field that differs (``y``, ``M``, ``d``), months in full.

    CLDR has whole dates with full month names in few languages, those with short names in all.
    """
    skeleton = ("y", "yMMMM", "yMMMMd")[precision - 1]
    known = locale.interval_formats
    found = known.get(skeleton) or known.get(skeleton.replace("MMMM", "MMM")) or {}
    return {
        field: [re.sub(r"(?<!M)MMM(?!M)", "MMMM", part) for part in parts]
        for field, parts in found.items()
        if len(parts) > 1  # Persian has half a pattern, and there are languages with none
    }


def _first_of_month(text: str, day: dt.date, locale: Locale) -> str:
    """French counts the first of a month, and no other day, as an ordinal; CLDR does not."""
    if locale.language != "fr" or day.day != 1:
        return text
    return re.sub(r"\b1(?= |$)", "1er", text, count=1)
