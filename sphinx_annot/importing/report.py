"""What an import found, mended and doubts: as Markdown for a person, as plain data for a program."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from sphinx_annot.importing.summary import quotations, summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_annot.importing.article import Article, Mend

_KINDS = {
    "attribution": "the line that names the source of a quotation became its attribution",
    "dead-link": "a link that leads nowhere became plain words",
    "dehyphenate": "a word broken at the end of a line was made whole",
    "double-encoding": "characters that were encoded twice were set right",
    "duplicate": "a doubled paragraph was left out",
    "keep-hyphen": "a hyphen at the end of a line was kept",
    "notes-heading": (
        "the heading of the list of notes was left out; the notes stand beside the text, the sources in their list"
    ),
    "paragraph-join": "a paragraph cut in two was joined",
    "quotation-marks": "the quotation marks around a displayed quotation were taken off",
    "running-head": "a line that belongs to a page was left out",
    "soft-hyphen": "soft hyphens were taken out",
    "title-join": "a title cut in two was joined",
    "url-join": "an address cut in two was joined",
}


def counts(article: Article) -> dict[str, int]:
    """Return how many of each thing were found."""
    cited = sum(note.source is not None for note in article.notes)
    return {
        "marks": len(article.marks),
        "notes": len(article.notes),
        "sources": cited,
        "footnotes": len(article.notes) - cited,
        "passages": len(quotations(article)),
        "mends": sum(mend.count for mend in article.mends),
        "doubts": len(article.doubts),
    }


def report_data(article: Article) -> dict[str, Any]:
    """Return the whole report as JSON-ready values."""
    return {"found": summary(article), "counts": counts(article), "mended": [_mend(mend) for mend in article.mends]}


def report_text(article: Article, name: str) -> str:
    """Return the report as a Markdown page that stands in no table of contents."""
    number = counts(article)
    found = ", ".join(
        f"{count} {what if count != 1 else what[:-1]}"
        for what, count in number.items()
        if what not in ("mends", "doubts")
    )
    sections = [
        "---\norphan: true\n---",
        f"# Import of {_code(name)}",
        f"Found: {found}.",
        _section("Header", (f"{key}: {_code(value)}" for key, value in _header(article))),
        _section("Mended", _mends(article.mends)),
        _section(
            "Doubtful",
            (
                _line(doubt.line) + _spans(doubt.message)
                for doubt in sorted(article.doubts, key=lambda doubt: doubt.line)
            ),
        ),
        _section("Quotations", _quotations(article)),
        _section("Left out of the page", (f"{kind}: {_code(start)}" for kind, start in article.chrome)),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def report_lines(article: Article) -> list[tuple[str, str]]:
    """Return what was found as (label, value), for a table."""
    return [*_header(article), *((what, str(count)) for what, count in counts(article).items())]


def _header(article: Article) -> list[tuple[str, str]]:
    heading = article.heading
    values = {
        "title": heading.title,
        "author": "; ".join(heading.author),
        "date": heading.date,
        "publication": heading.publication,
        "address": heading.source_url,
        "language": heading.language,
        "rights": heading.copyright,
    }
    return [(name, value) for name, value in values.items() if value]


def _mends(mends: Iterable[Mend]) -> list[str]:
    lines = []
    for mend in sorted(mends, key=lambda mend: mend.line):
        words = f"{mend.before} / {mend.then}" if mend.before else mend.text
        times = f" ({mend.count} times)" if mend.count > 1 else ""
        lines.append(
            f"{_line(mend.line)}{_KINDS.get(mend.kind, mend.kind)}{times}{f': {_code(words)}' if words else ''}"
        )
    return lines


def _quotations(article: Article) -> list[str]:
    lines = []
    for block in quotations(article):
        who = block.quotation.speaker if block.quotation else ""
        sure = "" if block.quotation and block.quotation.certain else " (from the words before it)" if who else ""
        lines.append(
            f"{_line(block.line)}{_code(block.text()[:70])}: {_code(who) + sure if who else 'no one is named'}"
        )
    return lines


def _mend(mend: Mend) -> dict[str, Any]:
    values = {
        "kind": mend.kind,
        "line": mend.line,
        "text": mend.text,
        "before": mend.before,
        "then": mend.then,
        "note": mend.note,
        "count": mend.count,
    }
    return {key: value for key, value in values.items() if value}


def _section(title: str, lines: Iterable[str]) -> str:
    items = list(lines)
    repeated = Counter(items)
    unique = list(dict.fromkeys(items))
    body = "\n".join(f"- {line}{f' ({repeated[line]} times)' if repeated[line] > 1 else ''}" for line in unique)
    return f"## {title}\n\n{body}" if unique else ""


def _line(number: int) -> str:
    return f"line {number}: " if number else ""


def _spans(message: str) -> str:
    """Set what is quoted in a message as code, so that nothing in it is markup."""
    return "".join(
        _code(part[1:-1]) if part.startswith('"') else part.replace("*", r"\*").replace("_", r"\_")
        for part in re.split(r'("[^"]*")', message)
    )


def _code(text: str) -> str:
    words = " ".join(text.split()).strip("`") or " "
    longest = max((len(run) for run in re.findall(r"`+", words)), default=0)
    return f"{'`' * (longest + 1)}{words}{'`' * (longest + 1)}"
