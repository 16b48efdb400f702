"""A web page: what in it is the article, what is chrome, and what its head tells."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sphinx_annot.importing.article import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from lxml.html import HtmlElement

HIDDEN = frozenset(
    "script style noscript template nav form button input select textarea iframe object embed svg "
    "canvas audio video head link meta map".split()
)
_DEEPEST = 120
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navbox|navigation|menu|breadcrumbs?|sidebar|share|sharing|sharedaddy"
    r"|social|addtoany|jp-relatedposts|related|recommend(?:ed|ations)?|comments?|comment-?form|respond"
    r"|replys?"
    r"|disqus|newsletter|subscribe|subscription|advert(?:isement)?|ads?|promo|banner|cookie|popup"
    r"|modal|pagination|pager|skip-link|screen-reader-text|sr-only|visually-hidden|mw-editsection"
    r"|mw-jump-link|toc|noprint"
    r"|printfooter|catlinks|mw-hidden-catlinks|vertical-navbox|metadata|ambox|hatnote|dablink"
    r"|sistersitebox|portal|z3988|authority-control|mw-indicators|siteSub|jump-to-nav|footer-links"
    r"|site-footer|site-header|masthead"
    r"|mbox-small|plainlinks-hlist|navbar-mini|stub|rellink|copy-button|headerlink|widget|tagcloud)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHROME_IDS = frozenset(
    {
        "toc",
        "siteSub",
        "jump-to-nav",
        "catlinks",
        "comments",
        "respond",
        "footer",
        "sidebar",
        "mw-navigation",
        "contentSub",
        "mw-head",
        "mw-panel",
        "replys",
    }
)
_MAIN = (
    ".//*[@itemprop='articleBody']",
    ".//*[@id='mw-content-text']",
    ".//*[contains(concat(' ', normalize-space(@class), ' '), ' entry-content ')]",
    ".//*[contains(concat(' ', normalize-space(@class), ' '), ' post-content ')]",
    ".//*[contains(concat(' ', normalize-space(@class), ' '), ' article-body ')]",
    ".//*[contains(concat(' ', normalize-space(@class), ' '), ' article-content ')]",
    ".//*[contains(concat(' ', normalize-space(@class), ' '), ' post-body ')]",
    ".//article",
    ".//main",
    ".//*[@role='main']",
)
_META = {
    "author": (
        "citation_author",
        "dc.creator",
        "dcterms.creator",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "author",
    ),
    "title": ("citation_title", "dc.title", "og:title", "twitter:title", "headline"),
    "date": (
        "citation_publication_date",
        "citation_date",
        "article:published_time",
        "dc.date",
        "dcterms.date",
        "date",
        "pubdate",
        "parsely-pub-date",
        "datepublished",
    ),
    "publication": ("citation_journal_title", "og:site_name", "application-name", "dc.publisher"),
    "source_url": ("og:url",),
    "themes": ("article:tag", "keywords", "news_keywords"),
    "description": ("og:description", "description"),
    "copyright": ("dc.rights", "dcterms.rights", "copyright"),
}


def parse(text: str) -> _Element | None:
    """Parse any HTML; ``None`` if there is no element in it."""
    from lxml import etree  # noqa: PLC0415 - loaded for HTML only
    from lxml import html as lxml_html  # noqa: PLC0415

    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(body.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _flatten(root)
    return root


def _flatten(root: HtmlElement) -> None:
    """Take the tags off elements that are nested deeper than any page needs; their words stay."""
    deep: list[HtmlElement] = []
    level: list[HtmlElement] = [root]
    depth = 0
    while level:
        level = [child for element in level for child in element]
        depth += 1
        if depth > _DEEPEST:
            deep += [element for element in level if isinstance(element.tag, str)]
    for element in reversed(deep):
        element.drop_tag()


def line_of(element: _Element) -> int:
    """Return the line on which an element begins, 0 if the parser does not know."""
    line: Any = element.sourceline
    return line if isinstance(line, int) else 0


def hidden(element: _Element) -> bool:
    """Whether an element is no part of the words: chrome, script, or not shown."""
    tag = element.tag
    if not isinstance(tag, str) or tag in HIDDEN:
        return True
    style = element.get("style")
    if style and re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", style):
        return True
    if element.get("hidden") is not None or (element.get("aria-hidden") == "true" and tag not in ("a", "sup")):
        return True
    role = element.get("role")
    if role in ("navigation", "search", "complementary", "banner") and tag != "body":
        return True
    name = element.get("class")
    if (
        name
        and tag not in ("body", "html", "article", "main", "p", "li", "ol", "blockquote", "h1", "h2")
        and _CHROME.search(name)
    ):
        return True
    return element.get("id") in _CHROME_IDS and tag not in ("body", "html")


def main_part(root: _Element) -> _Element:
    """Return the element that holds the article."""
    body = root.find(".//body")
    body = root if body is None else body
    whole = _weight(body)
    for path in _MAIN:
        found = (
            [element for element in body.findall(path) if not _in_chrome(element, body)]
            if "contains" not in path
            else _xpath(body, path)
        )
        found = [element for element in found if _weight(element) > max(200, whole * 0.3)]
        if found:
            return _with_notes(max(found, key=_weight), body)
    return _with_notes(_densest(body), body)


def _xpath(body: _Element, path: str) -> list[_Element]:
    result: Any = body.xpath(path)
    return [element for element in result if not _in_chrome(element, body)]


def _in_chrome(element: _Element, body: _Element) -> bool:
    return any(
        hidden(parent)
        for parent in element.iterancestors()
        if parent is not body and parent.tag not in ("html", "body")
    )


def _weight(element: _Element) -> int:
    """How many characters of words outside links and chrome an element holds."""
    if hidden(element):
        return 0
    total = len((element.text or "").strip())
    for child in element:
        if isinstance(child.tag, str) and child.tag != "a":
            total += _weight(child)
        total += len((child.tail or "").strip())
    return total


def _densest(body: _Element) -> _Element:
    """Go down as long as one child holds nearly all the words."""
    element = body
    while True:
        weight = _weight(element)
        children = [
            child
            for child in element
            if isinstance(child.tag, str)
            and child.tag in ("div", "section", "article", "main", "td", "table", "tr", "tbody", "center", "font")
        ]
        best = max(children, key=_weight, default=None)
        if best is None or weight == 0 or _weight(best) < weight * 0.85:
            return element
        element = best


def _with_notes(part: _Element, body: _Element) -> _Element:
    """Widen the part until the notes that its marks lead to are inside."""
    inside = {
        str(element.get("id") or element.get("name") or "") for element in part.iter() if isinstance(element.tag, str)
    }
    wanted = [str(link.get("href"))[1:] for link in part.iter("a") if str(link.get("href") or "").startswith("#")]
    missing = [
        name
        for name in wanted
        if name and name not in inside and re.search(r"note|ftn|fn|cite|ref", name, re.IGNORECASE)
    ]
    if not missing:
        return part
    outer = {
        str(element.get("id") or element.get("name") or ""): element
        for element in body.iter()
        if isinstance(element.tag, str)
    }
    while any(name in outer for name in missing) and part is not body:
        parent = part.getparent()
        if parent is None:
            return part
        part = parent
        inside = {
            str(element.get("id") or element.get("name") or "")
            for element in part.iter()
            if isinstance(element.tag, str)
        }
        missing = [name for name in missing if name not in inside]
    return part


def page_chrome(root: _Element, part: _Element) -> list[tuple[str, str]]:
    """Return (kind, first words) of what stands outside the article and is left out."""
    body = root.find(".//body")
    result: list[tuple[str, str]] = []
    for element in _outside(root if body is None else body, part):
        words = squeeze(
            " ".join(
                str(piece)
                for item in element.iter()
                if isinstance(item.tag, str) and item.tag not in ("script", "style", "noscript")
                for piece in (item.text or "",)
            )
        )
        name = f"{element.tag} {element.get('class') or ''} {element.get('id') or ''}".lower()
        if not words:
            continue
        kind = (
            "comment-form"
            if re.search(r"comment|respond|reply", name)
            else "nav"
            if re.search(r"nav|menu|sidebar|widget|pag", name)
            else "credit"
            if "footer" in name
            else "nav"
        )
        result.append((kind, words[:80]))
    return result


def _outside(element: _Element, part: _Element) -> Iterator[_Element]:
    """Yield the largest elements after the article that do not hold it."""
    seen = False
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("script", "style", "noscript", "link"):
            continue
        if child is part:
            seen = True
        elif part in set(child.iterdescendants()):
            yield from _outside(child, part)
            seen = True
        elif seen:
            yield child


def metadata(root: _Element) -> dict[str, list[str]]:
    """Return what the head of the page tells, the most trustworthy first."""
    meta: dict[str, list[str]] = {"format": ["page"]}
    for script in root.iter("script"):
        if "ld+json" in str(script.get("type") or ""):
            _json_ld(script.text or "", meta)
    tags = [
        (
            str(tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower(),
            squeeze(str(tag.get("content") or "")),
        )
        for tag in root.iter("meta")
    ]
    for field, names in _META.items():
        for name in names:
            values = [content for key, content in tags if key == name and content]
            if values and (name.startswith(("citation_", "dc", "article:")) or field not in meta):
                meta.setdefault(field, []).extend(value for value in values if value not in meta.get(field, []))
                meta.setdefault(f"{field}-from", []).append(name)
    title = root.find(".//title")
    if title is not None and squeeze("".join(str(piece) for piece in title.itertext())):
        meta["page-title"] = [squeeze("".join(str(piece) for piece in title.itertext()))]
    meta["byline"] = _bylines(root)
    meta["canonical"] = [
        str(link.get("href"))
        for link in root.iter("link")
        if str(link.get("rel") or "").lower() == "canonical" and link.get("href")
    ]
    meta["tag-links"] = [
        squeeze("".join(map(str, link.itertext())))
        for link in root.iter("a")
        if "tag" in str(link.get("rel") or "").split() and "/tag" in str(link.get("href") or "")
    ]
    meta["license"] = [
        str(link.get("href"))
        for link in root.iter("a", "link")
        if "license" in str(link.get("rel") or "").split() and link.get("href")
    ]
    if "standardebooks.org/vocab" in str(root.get("epub:prefix") or root.get("prefix") or ""):
        meta.setdefault("publication", ["Standard Ebooks"])
    return {key: values for key, values in meta.items() if values}


def _bylines(root: _Element) -> list[str]:
    """Return the names that the page itself marks as its author's."""
    names = []
    for link in root.iter("a", "span", "p", "div", "address"):
        telling = [*str(link.get("rel") or "").split(), str(link.get("itemprop") or "")]
        in_menu = any(parent.tag == "nav" for parent in link.iterancestors())
        words = squeeze("".join(map(str, link.itertext())))
        if "author" in telling and not in_menu and 3 < len(words) < 60:
            names.append(words)
    return names


def _json_ld(text: str, meta: dict[str, list[str]]) -> None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in _things(data):
        kind = str(item.get("@type") or "")
        if not re.search(r"Article|BlogPosting|Report|Posting|NewsArticle|Chapter|Book|CreativeWork", kind):
            continue
        for field, key in (
            ("title", "headline"),
            ("author", "author"),
            ("date", "datePublished"),
            ("publication", "publisher"),
            ("source_url", "url"),
            ("themes", "keywords"),
        ):
            values = _names(item.get(key))
            if values and field not in meta:
                meta[field] = values
                meta[f"{field}-from"] = ["json-ld"]


def _things(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    if isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph"))
    elif isinstance(data, list):
        for item in data:
            yield from _things(item)


def _names(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return [squeeze(value)] if value.strip() else []
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [name for item in value for name in _names(item)] if isinstance(value, list) else []
