"""Dates as articles print them -> ISO 8601, exactly as far as the words go."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTH_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "jänner feber märz april mai juni juli august september oktober november dezember",
)
_MONTHS = {name: number for names in _MONTH_NAMES for number, name in enumerate(names.split(), 1)}
_SHORT = {name[:3]: number for number, name in enumerate(_MONTH_NAMES[0].split(), 1)} | {"sept": 9}
_MONTH_DAY = re.compile(r"^(?P<month>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})$")
_DAY_MONTH = re.compile(
    r"^(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s+(?:of\s+"
    r"|de\s+)?(?P<month>[^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(?P<year>\d{4})(?:\s*г\.?)?$"
)
_MONTH_YEAR = re.compile(r"^(?P<month>[^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(?P<year>\d{4})$")
_ISO = re.compile(r"^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:[T ].*)?$")
_NUMERIC = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{2}|\d{4})$")
_YEAR = re.compile(r"^(?:c\.? ?|ca\.? ?)?(1[4-9]\d\d|20\d\d)$")
_WORD = r"[^\W\d_]{3,12}"
# a span of years, at the end, is no date of a work
DATE = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}})\b"
    rf"|{_WORD}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)?\.?\s+(?:de |of )?{_WORD}\.?,?\s+(?:de )?\d{{4}}\b"
    rf"|\b{_WORD}\.?,?\s+\d{{4}}\b(?![-/]\d)|(?<![-–—/\d])\b(?:1[4-9]|20)\d\d\b(?!\s?[-–—/]\s?\d)"
)


@lru_cache(maxsize=2048)
def to_iso(text: str) -> str:
    """Return a date as ``2019-02-09``, ``2019-02`` or ``2019``; an empty text if it is none."""
    words = re.sub(
        r"^\w+day,?\s+", "", " ".join(text.replace("\u00a0", " ").split()).strip(" .,()"), flags=re.IGNORECASE
    )
    if not words or len(words) > 60 or not any(char.isdigit() for char in words):
        return ""
    match = _ISO.match(words)
    if match:
        return _checked(match[1], match[2], match[3] or "")
    match = _NUMERIC.match(words)
    if match:
        return _numeric(*match.groups())
    match = _YEAR.match(words)
    if match:
        return match[1]
    for pattern in (_MONTH_DAY, _DAY_MONTH, _MONTH_YEAR):
        match = pattern.match(words)
        if match:
            month = _month(match["month"])
            if month:
                return _checked(match["year"], str(month), match.groupdict().get("day") or "")
    return _other_language(words)


def _month(word: str) -> int:
    """Return the number of a month by its name in one of the languages above, or its English short form; else 0."""
    lower = word.lower()
    return _MONTHS.get(lower) or _SHORT.get(lower, 0)


def _numeric(first: str, second: str, year: str) -> str:
    """``17.11.19`` is day, month, year; ``2/9/2019`` could be either, so only its year is sure."""
    full = year if len(year) == 4 else ("20" if int(year) < 70 else "19") + year
    if int(first) > 12 or first == second:
        return _checked(full, second, first)
    return _checked(full, first, second) if int(second) > 12 else full


def _checked(year: str, month: str, day: str) -> str:
    if not 1 <= int(month) <= 12:
        return year
    if not day:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}" if 1 <= int(day) <= 31 else f"{year}-{int(month):02d}"


def _other_language(words: str) -> str:
    """Ask dateparser about languages beyond the table; its ``period`` says how much of the date was there."""
    if words.isascii() or not re.search(r"\b\d{4}\b", words) or len(words.split()) > 6:
        return ""
    from dateparser.date import DateDataParser  # noqa: PLC0415 - slow to load, and seldom needed

    found = DateDataParser(settings={"PREFER_DAY_OF_MONTH": "first", "STRICT_PARSING": False}).get_date_data(words)
    if not found.date_obj or str(found.date_obj.year) not in words:
        return ""
    width = {"day": 10, "month": 7, "year": 4}.get(str(found.period), 0)
    return found.date_obj.strftime("%Y-%m-%d")[:width]


def dates_in(text: str) -> list[tuple[str, str]]:
    """Return every date in ``text`` as printed and in ISO form."""
    found: list[tuple[str, str]] = []
    for match in DATE.finditer(text):
        printed = match[0]
        if not to_iso(printed):  # "The Post, 2011": a word that is no month before a year
            year = re.search(r"\b(?:1[4-9]|20)\d\d$", printed)
            printed = year[0] if year else ""
        if printed:
            found.append((printed, to_iso(printed)))
    return found


def find_date(text: str) -> tuple[str, str]:
    """Return the most exact date in ``text`` as printed and in ISO form, two empty texts if there is none."""
    return max(dates_in(text), key=lambda found: len(found[1]), default=("", ""))
