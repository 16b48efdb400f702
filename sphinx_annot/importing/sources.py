"""A note that is a reference -> a source, as far as its words tell; nothing is guessed that is not printed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_annot.importing.article import FoundNote, all_leaves, squeeze
from sphinx_annot.importing.dates import find_date, to_iso
from sphinx_annot.importing.inline import find_addresses
from sphinx_annot.importing.names import NOT_NAMES
from sphinx_annot.importing.words import IBID
from sphinx_annot.model.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_WORDS = 45
_ACCESS = re.compile(
    r"[,.;(]?\s*(?:accessed|retrieved|viewed|abgerufen|consulté|consultado|available)(?:\s+(?:in|at|on"
    r"|from|am|le))?\s*[:.]?\s*$",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"[,.;(]?\s*\b(?:accessed|retrieved|last (?:accessed|visited)|abgerufen(?: am)?|consulté le|consultado el|visited)"
    r"(?:\s+on)?\s*:?\s+(?P<date>\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}|[^\W\d_]{3,12}\.? \d{1,2}, \d{4})[).]?",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:[^\W\d_a-z][\w.’'-]*\.?)(?:\s+(?:(?:de|del|la|van|von|der|bin|ibn|al|and|&)\s+)*[^\W\d_a-z][\w.’'-]*){1,3}$"
)
_INVERTED = re.compile(r"^[^\W\d_a-z][\w’'-]+,\s+[^\W\d_a-z][\w.’'-]*(?:\s+[^\W\d_a-z][\w.’'-]*)?$")
_QUOTED = re.compile(
    r"^(?P<before>[^“\"]{0,80}?)[,.:]?\s*[“\"](?P<title>[^”\"]{4,250})[”\"][,.]?\s*(?P<after>.{0,120})$"
)
_NEWSPAPER = re.compile(
    r"\b(?:Times|Guardian|Post|Herald|Tribune|Journal|Daily|News|Zeitung|Monde|Independent|Telegraph"
    r"|Observer|Gazette|Chronicle|Reuters|AFP|BBC|Press|NPR|Standard|Spiegel|Figaro|País)\b"
)
_HOST = re.compile(r"^https?://(?:www\d?\.|m\.|en\.|uk\.)?([^/:?#]+)", re.IGNORECASE)
_HOST_NOISE = frozenset(
    {"com", "org", "net", "co", "uk", "gov", "edu", "news", "blog", "blogs", "www", "de", "fr", "info"}
)
_NOT_IN_KEY = re.compile(r"[^\w]+", re.UNICODE)


def addresses(note: FoundNote) -> list[str]:
    """Return the web addresses of a note, in order, each once."""
    found: list[str] = []
    for leaf in all_leaves(note.blocks):
        for run in leaf.runs:
            if run.href.startswith(("http://", "https://", "ftp://")):
                found.append(run.href)
            elif "://" in run.text:
                found += [url for _, _, url in find_addresses(run.text)]
    return [clean_address(url) for url in dict.fromkeys(found)]


def clean_address(url: str) -> str:
    """Return an address without the punctuation that followed it in the text."""
    url = re.sub(r"\s+", "", url).strip("<>")
    if url.count(")") > url.count("("):
        url = url.rstrip(")")
    return url.rstrip(".,;:!'\"”’")


def reference(note: FoundNote) -> Source | None:
    """Return the source that a note refers to, without key; ``None`` if the note says more, or less, than that."""
    whole = note.text()
    if (
        IBID.match(whole)
        or len(note.blocks) > 4
        or any(block.kind in ("quote", "list", "code", "table") for block in note.blocks)
    ):
        return None
    urls = note.urls
    rest = _without_addresses(whole)
    count = len(rest.split())
    if (
        count > _MOST_WORDS
        or len(urls) > 1
        or (not urls and not _looks_cited(rest))
        or any(run.mark >= 0 for leaf in all_leaves(note.blocks) for run in leaf.runs)
    ):
        return None
    if not rest and not urls:
        return None
    fields = _fields(rest)
    if not _complete(rest, fields):
        fields = {"title": rest.strip(" .,;:")}
    title = fields.get("title", "") or (urls[0] if urls else "")
    kind = (
        "article-newspaper"
        if _NEWSPAPER.search(fields.get("container_title", ""))
        else "webpage"
        if urls
        else "document"
    )
    return Source(
        key="",
        type=kind,
        author=tuple(part for part in (fields.get("author", ""),) if part),
        title=title,
        container_title=fields.get("container_title", ""),
        issued=fields.get("issued", ""),
        accessed=fields.get("accessed", ""),
        url=urls[0] if urls else "",
        number=note.label,
    )


def _without_addresses(text: str) -> str:
    """Return a note's words without addresses and the words that only announce them."""
    result, cursor = [], 0
    for start, end, _ in find_addresses(text):
        result.append(_ACCESS.sub("", text[cursor:start]))
        cursor = end
    result.append(text[cursor:])
    return squeeze(re.sub(r"<\s*>", " ", " ".join(result))).strip(" ,;:<>").removesuffix(" .").strip()


def _looks_cited(text: str) -> bool:
    """Whether words without an address read like a reference: a year, and parts parted by full stops or commas."""
    if not re.search(r"\b(?:1[5-9]|20)\d\d\b", text) or len(text.split()) < 4 or len(text.split()) > 32:
        return False
    if _QUOTED.match(text):
        return True
    first = re.split(r"[.,(:“\"]", text, maxsplit=1)[0].strip()
    capital = sum(word[:1].isupper() for word in text.split())
    return capital * 2 >= len(text.split()) and bool(
        _PERSON.match(first) or _INVERTED.match(", ".join(text.split(", ")[:2])) or _QUOTED.match(text)
    )


def _fields(text: str) -> dict[str, str]:
    seen = _ACCESSED.search(text)
    accessed = to_iso(seen["date"]) if seen else ""
    if seen and accessed:
        rest = squeeze(text[: seen.start()] + text[seen.end() :]).strip(" .,;")
        return _fields(rest) | {"accessed": accessed}
    printed, iso = find_date(text)
    bare = text
    if iso:
        start = text.rindex(printed)
        bare = squeeze(text[:start].rstrip(" ,.(;") + text[start + len(printed) :].lstrip(" ).,;"))
        bare = re.sub(r"\(\s*\)", "", bare).strip(" ,.;:")
    quoted = _QUOTED.match(text if not iso else bare)
    fields = {"issued": iso} if iso else {}
    if quoted:
        parts = {
            "author": quoted["before"].strip(" ,.:"),
            "title": quoted["title"].strip(" ,."),
            "container_title": quoted["after"].strip(" ,.;"),
        }
    else:
        parts = _by_pieces(bare)
    if parts.get("author", "").partition(" ")[0].casefold() in NOT_NAMES or (
        parts.get("author") and not (_PERSON.match(parts["author"]) or _INVERTED.match(parts["author"]))
    ):
        return {"title": text.strip(" .,;:")}
    return fields | {key: value for key, value in parts.items() if value}


def _by_pieces(text: str) -> dict[str, str]:
    """``Author. Title. Outlet`` or ``Author, Title, Outlet``; anything else is a title."""
    for divider in (r"(?<=[^\W\d_]{3})\.\s+", r",\s+"):
        pieces = [piece.strip() for piece in re.split(divider, text) if piece.strip()]
        if len(pieces) >= 2 and _PERSON.match(pieces[0]) and len(pieces[0].split()) <= 4:
            outlet = (
                pieces[-1].strip(" .,")
                if len(pieces) > 2 and len(pieces[-1].split()) <= 5 and pieces[-1][:1].isupper()
                else ""
            )
            middle = text[len(pieces[0]) :].lstrip(" ,.")
            if outlet:
                middle = middle[: middle.rindex(outlet)]
            if not middle[:1].isupper() and middle[:1] not in "\"“‘'«¿¡" and not middle[:1].isdigit():
                break
            return {"author": pieces[0], "title": middle.strip(" .,;:"), "container_title": outlet}
    return {"title": text.strip(" .,;:")}


def _complete(text: str, fields: dict[str, str]) -> bool:
    """Whether every word of the note is in a field; a date may have changed its form."""
    wanted = Counter(_words(text))
    for key, value in fields.items():
        if key not in ("issued", "accessed"):
            wanted.subtract(_words(value))
    left = [word for word, count in wanted.items() if count > 0]
    seen = _ACCESSED.search(text)
    accounted = _words(seen[0]) if seen and fields.get("accessed") else []
    rest = text.replace(seen[0], " ") if seen else text
    accounted += _words(find_date(rest)[0]) if fields.get("issued") else []
    return all(word in accounted for word in left) and bool(fields.get("title"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def with_keys(notes: Sequence[FoundNote], taken: Iterable[str] = ()) -> None:
    """Give every source a readable key: who and when; a key that is taken gets a letter."""
    used = set(taken)
    letters: Counter[str] = Counter()  # how far each name has come
    for note in notes:
        if note.source is None:
            continue
        base = _key(note.source)
        key = base + _letters(letters[base])
        while key.casefold() in used:
            letters[base] += 1
            key = base + _letters(letters[base])
        used.add(key.casefold())
        note.source = note.source._replace(key=key)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(97 + digit) + text
    return text


def _key(source: Source) -> str:
    year = source.issued[:4]
    if not year:
        match = re.search(r"[/=-]((?:19|20)\d\d)(?:[/&-]|$)", source.url)
        year = match[1] if match else ""
    name = ""
    if source.author:
        first = source.author[0]
        name = first.split(",")[0] if "," in first else first.split()[-1]
    elif source.url:
        name = _host_name(source.url)
    if not name:
        words = [
            word
            for word in re.findall(r"[^\W\d_]{3,}", source.title)
            if word.casefold() not in ("the", "and", "der", "die", "das")
        ]
        name = words[0] if words else "source"
    return (_ascii(name) or "source") + year


def _host_name(url: str) -> str:
    match = _HOST.match(url)
    labels = match[1].casefold().split(".") if match else []
    while len(labels) > 1 and (
        labels[-1] in _HOST_NOISE
        or len(labels[-1]) == 2
        or labels[-1] == (match[1].casefold().split(".")[-1] if match else "")
    ):
        labels.pop()
    return labels[-1] if labels else ""


def _ascii(name: str) -> str:
    """Return a name as letters for a key: accents off where a letter has them, other scripts as they are."""
    plain = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    return _NOT_IN_KEY.sub("", plain).replace("_", "").casefold()
