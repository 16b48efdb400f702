"""The header of an article: title, people, date, publication, labels, from its own words and its metadata."""

from __future__ import annotations

import re

from sphinx_annot.importing.article import Block, Doubt, Draft, Heading, joined, squeeze
from sphinx_annot.importing.dates import find_date, to_iso
from sphinx_annot.importing.titlepage import court_header, printed_year, publisher, title_page
from sphinx_annot.importing.words import BYLINE, COPYRIGHT, LABELLED, NOTE_HEADING

_HONORIFIC = re.compile(r"^(?:dr|prof|professor|mr|mrs|ms|sir)\.?\s+", re.IGNORECASE)
_FROM = re.compile(r"^from\s+(?P<name>.+?)(?:\s+web\s?-?site)?\.?$", re.IGNORECASE)
_OUTLET_DATE = re.compile(r"^(?P<outlet>[^\d]{2,60}?)\s*[,|•·–—-]\s*(?P<date>\D{0,12}\d.*)$")
_LIFESPAN = re.compile(r"\s*[(\[][^()\[\]]*\d{3,4}[^()\[\]]*[)\]]|,\s*\d{4}-(?:\d{4})?\.?$")
_GENERIC = re.compile(
    r"^(?:admin|administrator|editor|webmaster|staff|guest|redaktion|wordpress)$|designed|theme|https?://|@",
    re.IGNORECASE,
)
_NAME_END = re.compile(
    r"^(?P<name>.*?)\s*(?:[,|•·–—(-]\s*)?(?P<date>(?:on\s+)?(?:\w{3,9}\.?\s+\d{1,2}(?:st|nd|rd"
    r"|th)?,?\s+\d{4}|\d{1,2}\.?\s+\w{3,9}\.?\s+\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}))\)?$"
)


class HeaderReader:
    """Reads the header out of the first blocks of a draft; the blocks it used become part ``header``."""

    def __init__(self, draft: Draft) -> None:
        """Take a draft; its blocks are marked in place by ``read``."""
        self._draft = draft
        self._meta = draft.meta
        self._body = [block for block in draft.blocks if block.part == "body"]
        self.heading = Heading()

    def read(self) -> Heading:
        """Return the header."""
        self._from_front_matter()
        start = self._title()
        self._lines(start)
        self._from_page()
        self._from_archive()
        court_header(self._body, self.heading)
        self._rights()
        self._publication_from_links()
        heading = self.heading
        self._report_front_matter()
        heading.author = [name for name in dict.fromkeys(_name(author) for author in heading.author) if name]
        return heading

    # -- metadata ------------------------------------------------------------------------------------------------

    def _from_front_matter(self) -> None:
        meta, heading = self._meta, self.heading
        if "format" in meta or "archive" in meta:
            return
        heading.title = _first(meta, "title")
        heading.subtitle = _first(meta, "subtitle")
        for field in ("author", "editor", "translator"):
            values = [*meta.get(field, []), *meta.get(f"{field}s", [])]
            getattr(heading, field).extend(
                part.strip() for value in values for part in re.split(r"\s*(?:;|\band\b|&)\s*", value) if part.strip()
            )
        for name in ("date", "published", "pubdate", "publishdate", "created"):
            heading.date = heading.date or to_iso(_first(meta, name))
        heading.publication = next(
            (
                _first(meta, name)
                for name in ("publication", "container-title", "journal", "site", "publisher")
                if _first(meta, name)
            ),
            "",
        )
        heading.source_url = next(
            (
                value
                for name in ("source_url", "canonical_url", "url", "source", "original_url", "permalink")
                for value in meta.get(name, [])
                if value.startswith("http")
            ),
            "",
        )
        heading.region = meta.get("region", []) + meta.get("regions", [])
        heading.themes = next(
            (
                meta[name]
                for name in ("themes", "tags", "topics", "keywords", "subjects", "categories")
                if meta.get(name)
            ),
            [],
        )
        heading.copyright = next((_first(meta, name) for name in ("copyright", "rights") if _first(meta, name)), "")
        heading.language = next(
            (_first(meta, name) for name in ("language", "lang", "locale") if _first(meta, name)), ""
        )

    def _report_front_matter(self) -> None:
        """Report what of the front matter is in no field of the header."""
        if "format" in self._meta or "archive" in self._meta:
            return
        held = set(re.findall(r"\w+", f"{self.heading}".casefold()))
        for key, values in self._meta.items():
            printed = " ".join(values)
            used = to_iso(printed) and self.heading.date.startswith(to_iso(printed)[:4])
            odd = not re.fullmatch(r"\w[\w -]*", key)
            if odd or (not used and set(re.findall(r"\w+", printed.casefold())) - held):
                message = f'the front matter field "{key}" has no place in the header: "{squeeze(printed)[:400]}"'
                self._draft.doubts.append(Doubt(line=1, message=message))

    def _from_page(self) -> None:
        meta, heading = self._meta, self.heading
        if "format" not in meta:
            return
        if not heading.author:
            heading.author = [
                name
                for value in meta.get("author", [])
                for name in re.split(r"\s*;\s*|\s+(?:and|und|et)\s+", value)
                if not _GENERIC.search(name) and self._trusted("author", value)
            ]
        heading.author = heading.author or meta.get("byline", [])[:1]
        heading.date = heading.date or next((iso for value in meta.get("date", []) if (iso := to_iso(value))), "")
        heading.publication = heading.publication or _first(meta, "publication") or self._site_of_title()
        own = meta.get("source_url", []) + meta.get("canonical", [])
        heading.source_url = heading.source_url or max(
            (url for url in own if url.startswith("http")), key=len, default=""
        )
        heading.themes = (
            heading.themes
            or meta.get("tag-links", [])
            or [word.strip() for value in meta.get("themes", []) for word in value.split(",") if word.strip()]
        )
        heading.copyright = heading.copyright or _first(meta, "copyright")

    def _trusted(self, field: str, value: str) -> bool:
        """A bare ``<meta name=author>`` is often the theme's; it counts if the text names the person, too."""
        if self._meta.get(f"{field}-from") != ["author"]:
            return True
        words = value.casefold().split()
        return any(words and words[-1] in block.text().casefold() for block in self._body) and len(value) < 60

    def _site_of_title(self) -> str:
        """``Article - Site``: what follows the article's own title in the page's title."""
        whole, title = _first(self._meta, "page-title"), self.heading.title
        if title and whole.startswith(title):
            return re.sub(r"^[\s|–—:»·-]+", "", whole[len(title) :]).rpartition(", the free")[0] or re.sub(
                r"^[\s|–—:»·-]+", "", whole[len(title) :]
            )
        return ""

    def _from_archive(self) -> None:
        meta, heading = self._meta, self.heading
        if "archive" not in meta:
            return
        heading.title = _first(meta, "title") or heading.title
        heading.subtitle = heading.subtitle or _first(meta, "subtitle")
        heading.author = [_LIFESPAN.sub("", name).strip() for name in meta.get("author", [])] or heading.author
        heading.editor = heading.editor or meta.get("editor", [])
        heading.translator = heading.translator or meta.get("translator", [])
        heading.publication = _first(meta, "publication") or heading.publication
        years = re.findall(r"\b(1[4-9]\d\d|20\d\d)\b", _first(meta, "edition"))
        heading.date = years[-1] if years else printed_year(title_page(self._body)) or heading.date
        heading.publication = heading.publication or publisher(title_page(self._body))

    # -- the text's own words -------------------------------------------------------------------------------------

    def _title(self) -> int:
        """Find the title; return the position in the body after it."""
        for position, block in enumerate(self._body[:12]):
            text = block.text()
            if (
                block.kind == "heading"
                and (block.level == 1 or position < 4 or "format" in self._meta)
                and not NOTE_HEADING.match(text)
            ):
                return self._take_title(position)
            if len(text) > 160 or block.kind not in ("paragraph", "heading", "rule", "verse"):
                break
        first = next(
            (
                index
                for index, block in enumerate(self._body[:4])
                if block.kind in ("paragraph", "verse") and block.text()
            ),
            None,
        )
        if first is not None and not self.heading.title and self._may_be_title(self._body[first]):
            return self._take_title(first)
        self.heading.title = self.heading.title or _first(self._meta, "title") or _first(self._meta, "page-title")
        return 0

    def _may_be_title(self, block: Block) -> bool:
        text = block.text()
        return (
            2 < len(text) < 200
            and not text.endswith((".", ":", ",", ";"))
            and not BYLINE.match(text)
            and not any(pattern.match(text) for pattern in LABELLED.values())
        )

    def _take_title(self, position: int) -> int:
        block = self._body[position]
        text = block.text()
        following = self._body[position + 1] if position + 1 < len(self._body) else None
        ordinal = re.fullmatch(r"(?:chapter\s+)?(?:[IVXLC]+|\d{1,3})\.?", text, re.IGNORECASE)
        if ordinal and following is not None and following.kind == "heading" and following.text():
            block.part = "header"
            return self._take_title(position + 1)
        if self.heading.title and _fold(text) != _fold(self.heading.title) and not self._page_title_holds(text):
            return position
        if (
            "format" in self._meta
            and block.level > 1
            and not self._page_title_holds(text)
            and _first(self._meta, "title")
            and _fold(_first(self._meta, "title")) != _fold(text)
        ):
            self.heading.title = _first(self._meta, "title")
            return position
        self.heading.title = self.heading.title or text
        block.part = "header"
        return position + 1

    def _page_title_holds(self, text: str) -> bool:
        return bool(text) and _fold(text) in _fold(_first(self._meta, "page-title") or "")

    def _lines(self, start: int) -> None:
        """Read the lines below the title until the text begins."""
        position = start
        for block in self._body[:start]:
            if block.part == "body" and block.kind == "paragraph" and len(block.text()) < 120:
                self._line(block)
        misses = 0
        while position < min(len(self._body), start + 14) and misses < 3:
            block = self._body[position]
            used = self._quoted(block) or self._line(block)
            if not used and block.kind != "rule":
                misses += 1
                if len(block.text()) > 220 or block.kind in ("list", "table", "code", "heading"):
                    break
            position += 1

    def _quoted(self, block: Block) -> bool:
        """``> Source: address`` below the title."""
        if block.kind != "quote" or len(block.text()) > 300:
            return False
        lines = [line for child in block.children for line in child.text().split("\n")]
        if lines and all(self._labelled(line, block) for line in lines):
            block.part = "header"
            return True
        return False

    def _line(self, block: Block) -> bool:
        text = block.text()
        if block.kind not in ("paragraph", "verse", "heading") or not 2 < len(text) < 260 or block.part != "body":
            return False
        parts = [squeeze(part) for part in joined(block.runs).split("\n") if part.strip()]
        used = [self._piece(part, block) for part in parts]
        if all(used) and used:
            block.part = "header"
            return True
        return False

    def _piece(self, text: str, block: Block) -> bool:
        if len(text) > 200:
            return False
        return self._labelled(text, block) or self._byline(text) or self._dateline(text) or self._origin(text)

    def _labelled(self, text: str, block: Block) -> bool:
        for field, pattern in LABELLED.items():
            match = pattern.match(text)
            if not match:
                continue
            value = squeeze(match["value"]).strip("<> ")
            if field == "source_url":
                links = [run.href for leaf in block.leaves() for run in leaf.runs if run.href.startswith("http")]
                self.heading.source_url = self.heading.source_url or (links[0] if links else value)
            elif field in ("region", "themes"):
                names = [part.strip() for part in re.split(r"\s*[,;]\s*", value) if part.strip()]
                getattr(self.heading, field).extend(names)
            elif field == "date":
                _printed, iso = find_date(value)
                if not iso:
                    return False
                self.heading.date = self.heading.date or iso
            elif field in ("author", "editor", "translator"):
                getattr(self.heading, field).extend(_people(value))
            elif not getattr(self.heading, field):
                setattr(self.heading, field, value)
            return True
        return False

    def _byline(self, text: str) -> bool:
        match = BYLINE.match(text)
        if not match or (self.heading.author and "format" not in self._meta):
            return False
        name = match["name"].strip(" .")
        dated = _NAME_END.match(name)
        if dated and dated["name"]:
            name, self.heading.date = dated["name"], self.heading.date or to_iso(dated["date"].removeprefix("on "))
        if len(name.split()) > 12 or re.search(r"[.!?]\s+[A-Z][a-z]+\s+[a-z]", name):
            return False
        self.heading.author = self.heading.author or _people(name)
        return True

    def _dateline(self, text: str) -> bool:
        """A line that is a date, or an outlet and a date."""
        bare = re.sub(r"\s+", " ", text).strip("()[] .")
        iso = to_iso(bare)
        if iso and (len(iso) > 4 or "archive" in self._meta):
            self.heading.date = self.heading.date or iso
            return True
        match = _OUTLET_DATE.match(bare)
        iso = to_iso(match["date"]) if match else ""
        if match and len(iso) >= 7 and match["outlet"][:1].isupper() and len(match["outlet"].split()) <= 6:
            self.heading.date = self.heading.date or iso
            if not self.heading.publication:
                self.heading.publication = match["outlet"].strip()
            return True
        return False

    def _origin(self, text: str) -> bool:
        match = _FROM.match(text)
        if not match or len(match["name"].split()) > 7 or text.endswith((",", ":")):
            return False
        self.heading.publication = self.heading.publication or match["name"].strip()
        return True

    def _rights(self) -> None:
        if self.heading.copyright:
            return
        for block in self._draft.blocks[::-1]:
            for line in block.raw_text().split("\n"):
                if block.part != "back" and COPYRIGHT.match(line.strip()) and len(line) < 200:
                    self.heading.copyright = squeeze(line)
                    return

    def _publication_from_links(self) -> None:
        """The site that a page's own pictures come from is where it stood."""
        if self.heading.publication or self.heading.source_url:
            return
        hosts: dict[str, int] = {}
        total = 0
        for block in self._draft.blocks:
            for leaf in block.leaves():
                for run in leaf.runs:
                    match = re.match(r"^https?://(?:www\.)?([\w.-]+)/", run.image or run.href)
                    if match:
                        total += 1
                        hosts[match[1]] = hosts.get(match[1], 0) + (
                            3 if run.image and "/wp-content/" in run.image else 1
                        )
        best = max(hosts, key=lambda host: hosts[host], default="")
        second = max((count for host, count in hosts.items() if host != best), default=0)
        if (
            best
            and hosts[best] >= 3
            and hosts[best] * 5 >= total * 2
            and hosts[best] >= second * 2
            and not re.search(
                r"wikipedia|archive\.org|github\.com|youtube|twitter|facebook|google|flickr|doi\.org", best
            )
        ):
            self.heading.publication = best
            message = f'the publication "{best}" is only where most of the links lead to'
            self._draft.doubts.append(Doubt(line=0, message=message))


def _people(value: str) -> list[str]:
    value = re.sub(r"\s*\([^)]*\)", "", value)
    return [part.strip(" ,.") for part in re.split(r"\s*;\s*|\s+(?:and|und|et|y|&)\s+", value) if part.strip(" ,.")]


def _name(text: str) -> str:
    name = _HONORIFIC.sub("", squeeze(text)).strip(" ,;")
    name = re.sub(r",?\s+Ph\.?\s?D\.?$|,?\s+M\.?D\.?$", "", name)
    return name.title() if name.isupper() and len(name) > 4 else name


def _fold(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _first(meta: dict[str, list[str]], key: str) -> str:
    values = meta.get(key)
    return squeeze(values[0]) if values else ""
