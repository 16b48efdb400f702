"""The values of options: persons, dates, addresses, keys, names. What can be used, and what can't."""

from __future__ import annotations

import difflib
import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_annot.model.records import Source

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_KEY = re.compile(r"[\s,;<>#%\"\\`]")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_DATE = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "doi"})
_WORD = re.compile(r"\w+")
_PERSON = re.compile(r"(?:\{[^{}]*\}|[^;])+")
_HELD = re.compile(r"^\{+([^{}]*)\}+")
_SLUG_LENGTH = 40
_TITLE_LENGTH = 50
_TITLE_BREAK = re.compile(r"(.{8,50}?)(?:[;,?!.]| [–—])(?:\s|$)")

# What shows that a name is no person's: an article before it, or a word that no surname has among its particles.
# "Les" may be a first name, "und" may stand in "von und zu", and "y" and "e" part the surnames of one person.
_INSTITUTION = re.compile(
    r"(?:The|Der|Die|Das|Het|De|Le|La|Les(?= \S+ \S)|El|Los|Las|Il|Gli) |L['’]"
    r"|.+ (?:of|for|and|&|für|(?<!von )und|pour|et|para|per|voor|en) "
)

#: What has a name of its own in an edition; the order is that of lists of objects.
OBJECT_TYPES = ("edition", "source", "passage", "ednote")

#: The fields of a source as CSL and the author write them.
SOURCE_FIELDS = (
    "type", "author", "editor", "translator", "title", "subtitle", "container-title", "publisher", "publisher-place",
    "edition", "issued", "original-date", "accessed", "url", "archive-url", "archive-date", "doi", "isbn", "page",
    "volume", "issue", "language", "rights", "snapshot", "number",
)  # fmt: skip

#: The types of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html, appendix III).
SOURCE_TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard
    thesis treaty webpage""".split()
)

#: Those of them whose title is that of a whole work, and stands out in print.
TITLED_TYPES = frozenset(
    "book thesis report collection broadcast motion_picture song musical_score map software periodical".split()
)

#: The most of a passage that a cross-reference prints, in characters.
REFERENCE_LENGTH = 40


def clean(text: str) -> str:
    """Return the text on one line and without control characters, which no output can carry."""
    return " ".join(_CONTROL.sub("", text).split())


def persons(text: str) -> tuple[str, ...]:
    """Split names at semicolons that stand in no braces; a comma at the end of a name is dropped."""
    names = (part.strip().rstrip(", ") for part in _PERSON.findall(text))
    return tuple(name for name in names if printed_name(name))


def is_key(text: str) -> bool:
    """Say whether a text can be the key of a source or the id of a note, passage or edition."""
    return bool(text) and not _NOT_IN_KEY.search(text)


def is_date(text: str) -> bool:
    """Say whether a text is an ISO 8601 date, whole or cut short, or two of them with a slash between."""
    parts = text.split("/")
    return 1 <= len(parts) <= 2 and all(_is_day(part.strip()) for part in parts)  # noqa: PLR2004 (from/to)


def _is_day(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    try:
        # the calendar repeats every 400 years: years before 1 have no date object of their own
        date(int(year) % 400 + 2000, int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def is_address(url: str) -> bool:
    """Say whether an address may become a link: a known scheme, or a relative path other than ``www.``.

    Browsers drop white space and control characters inside a scheme, so we do before looking.
    """
    squeezed = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]", "", url)
    match = _SCHEME.match(squeezed)
    return match[1].lower() in _SCHEMES if match else not squeezed.lower().startswith("www.")


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """Return up to three names that resemble one, the nearest first."""
    return difflib.get_close_matches(name, sorted(names), n=3, cutoff=0.6)


def slug(text: str) -> str:
    """Return the first words of a text in lower case, joined by hyphens, at most 40 characters."""
    words = _WORD.findall(text.lower())
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:_SLUG_LENGTH]
        if len(longer) > _SLUG_LENGTH:
            break
        name = longer
    return name


def digest(*texts: str) -> str:
    """Return a short hash of some texts, stable over builds, machines and versions."""
    return hashlib.blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=4).hexdigest()


def first_words(text: str, limit: int = 60) -> str:
    """Return the beginning of a text, cut at a word, with an ellipsis if anything is left out."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit + 1].rsplit(" ", 1)[0][:limit].rstrip(" ,;:.-–—") + "…"


def clip(text: str, limit: int = 80) -> str:
    """Return a text as a message quotes it: cut short, for a person to read."""
    return text if len(text) <= limit else text[:limit] + "…"


def printed_name(person: str) -> str:
    """Return a name as it is printed: without the braces that hold it, or what it begins with, together."""
    return _HELD.sub(r"\1", person.strip(", ")).strip(", ")


def _is_whole(name: str) -> bool:
    return name.startswith("{") and name.endswith("}")


def family_name(person: str) -> str:
    """Return the family name: what stands before a comma, else the last word.

    The name of an institution is not cut. Braces show one, as in BibTeX; a few words do without them.
    """
    name = printed_name(person)
    if _is_whole(person.strip(", ")):
        return name
    if "," in name:
        return name.partition(",")[0].strip()
    return name if _INSTITUTION.match(name) else name.rsplit(" ", 1)[-1]


def short_reference(source: Source) -> str:
    """Return "author year", or the short title of a source without an author."""
    year = source.issued.partition("-")[0].partition("/")[0]
    match [family_name(name) for name in source.author]:
        case [name]:
            return f"{name} {year}".rstrip()
        case [first, second]:
            return f"{first} & {second} {year}".rstrip()
        case [first, *_]:
            return f"{first} et al. {year}".rstrip()
    return _short_title(source.title) or source.container_title or source.key


def reference_after(speaker: str, source: Source) -> str:
    """Return the short reference to a source behind the name of who speaks: an author who does is not named twice."""
    reference = short_reference(source)
    if speaker and len(source.author) == 1:
        author = family_name(source.author[0])
        if author in (family_name(speaker), printed_name(speaker)):
            reference = reference.removeprefix(author).strip()
    return "" if reference == speaker else reference


def _short_title(title: str) -> str:
    """Return a title up to its first break, as a short title has it; one without a break is cut at a word."""
    title = title.partition(":")[0]
    if len(title) <= _TITLE_LENGTH:
        return title
    match = _TITLE_BREAK.match(title)
    return match[1] if match else first_words(title, _TITLE_LENGTH)
