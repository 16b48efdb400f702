"""A generated suite: true quotations in every disguise are accepted, false ones never.

Each case is a snapshot and a quotation made from the texts of ``texts.py``; the seeds are fixed.
"""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pytest

from sphinx_annot.model.quote import check
from sphinx_annot.model.snapshots import Snapshot, read
from sphinx_annot.model.verdict import Kind, Verdict

from .texts import INSERTED, NAMES, NEGATIONS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNSPACED = {"zh"}
END = re.compile(r"(?<=[.!?])[»”’]?\s+|(?<=[。！？])(?![”’])")


@dataclass(frozen=True)
class Case:
    language: str
    what: str
    stored: str
    quote: str
    name: str = "source.txt"

    def verdict(self, **options: str) -> Verdict:
        snapshot = read(self.name, self.stored.encode())
        assert isinstance(snapshot, Snapshot)
        return check(self.quote, snapshot, language=self.language, **options)


def words(language: str, text: str) -> list[str]:
    """Units that can be left out or moved, each with the space after it."""
    if language in UNSPACED:
        return re.findall(r"\d+|[^\W\d]{2}|[^\W\d]|[^\w\s]+\s*", text)
    return re.findall(r"\S+\s*", text)


def cuts(language: str, chance: random.Random, number: int = 8) -> Iterator[str]:
    """Stretches of a paragraph, from word to word."""
    for _ in range(number):
        paragraph = chance.choice(TEXTS[language].split("\n\n"))
        units = words(language, paragraph)
        length = chance.randint(12, 30)
        first = chance.randrange(len(units) - length)
        yield trimmed("".join(units[first : first + length]))


def trimmed(quote: str) -> str:
    """Without signs at the edges that belong to what was cut off."""
    return re.sub(r"^[\s—–,.;:…»”’]+|[\s—–,;:«“„(]+$", "", quote)


def sentences(language: str) -> list[str]:
    found = []
    for paragraph in TEXTS[language].split("\n\n"):
        found += [one for one in END.split(paragraph) if len(one) > 30 - 15 * (language in UNSPACED)]
    return found


def wrapped(text: str, chance: random.Random, language: str) -> str:
    """Broken into short lines, long words with a hyphen."""
    lines, row = [], ""
    for unit in words(language, text):
        if len(row) + len(unit) < 40:
            row += unit
            continue
        head = unit.rstrip()
        if len(head) > 7 and head[:6].isalpha() and head[0].islower() and chance.random() < 0.7:
            lines.append(row + head[:4] + "-")
            row = unit[4:]
        else:
            broken = row.rstrip() if language not in UNSPACED else row
            lines.append(broken)
            row = unit
    return "\n".join([*lines, row])


def sprinkled(text: str, chance: random.Random, sign: str) -> str:
    return "".join(char + sign * (char.isalpha() and chance.random() < 0.1) for char in text)


def noted(text: str, chance: random.Random) -> str:
    """With marks of notes behind words and sentences."""
    marks = ["[12]", "[^n1]", " [3]", "¹⁷", "[a]", "²", "[4][5]", " [note 2]", "†"]

    def mark(match: re.Match[str]) -> str:
        return match[0] + (chance.choice(marks) if chance.random() < 0.5 else "")

    return re.sub(r"(?<=[^\W\d_]{3})[.,]", mark, text)


def marked_up(text: str, chance: random.Random, language: str) -> str:
    forms = [
        "*{}*",
        "**{}**",
        "_{}_",
        "[{}](https://example.org/a_(b))",
        '[{}](https://example.org "Title")',
        "***{}***",
    ]

    def dress(unit: str) -> str:
        bare = unit.strip()
        if not bare.isalpha() or chance.random() > 0.15:
            return unit
        form = chance.choice(forms if language not in UNSPACED else [form for form in forms if "_{}" not in form])
        return unit.replace(bare, form.format(bare))

    return "".join(dress(unit) for unit in words(language, text))


def page(text: str, chance: random.Random, language: str) -> str:
    """An HTML page with markup inside sentences, notes, entities and things nobody sees."""
    forms = [
        "<b>{}</b>",
        "<a href='#x'>{}</a>",
        "<em><i>{}</i></em>",
        "{}<sup><a href='#n'>3</a></sup>",
        "{}<!-- no -->",
    ]
    body = []
    for paragraph in text.split("\n\n"):
        dressed = ""
        for unit in words(language, paragraph):
            bare = unit.strip()
            shown = escape(unit)
            if bare.isalpha() and chance.random() < 0.15:
                shown = shown.replace(escape(bare), chance.choice(forms).format(escape(bare)))
            dressed += shown
        body.append(f"<p>{dressed}</p>\n<script>var hidden = '<p>words</p>';</script>")
    shown = (
        "".join(body).replace("—", "&mdash;").replace("é", "&eacute;").replace("“", "&#8220;").replace("’", "&#x2019;")
    )
    return f"<!doctype html><html><head><title>Page</title></head><body><nav>Menu</nav>{shown}</body></html>"


def straight(text: str) -> str:
    return re.sub("[“”„«»]", '"', text).replace("’", "'")


def guillemets(text: str) -> str:
    return text.replace("“", "«\u202f").replace("„", "«\u202f").replace("”", "\u202f»")


TRUE: dict[str, Callable[[str, str, random.Random], tuple[str, str]]] = {
    "as it stands": lambda text, quote, _: (text, quote),
    "straight quotes": lambda text, quote, _: (text, straight(quote)),
    "straight in the snapshot": lambda text, quote, _: (straight(text), quote),
    "guillemets": lambda text, quote, _: (guillemets(text), quote),
    "nested as single": lambda text, quote, _: (
        text,
        quote.replace("“", "‘").replace("”", "’").replace("«", "‹").replace("»", "›"),
    ),
    "no-break spaces": lambda text, quote, _: (re.sub(r" (?=[;:!?»—–])|(?<=[«\d]) ", "\u00a0", text), quote),
    "narrow spaces in the quote": lambda text, quote, _: (text, quote.replace(" ", "\u202f", 2)),
    "typed dashes": lambda text, quote, _: (text, quote.replace("—", "--").replace("–", "--")),
    "three hyphens, no spaces": lambda text, quote, _: (text, re.sub(r"\s*[—–]\s*", "---", quote)),
    "dots for the ellipsis": lambda text, quote, _: (text, quote.replace("……", "...").replace("…", "...")),
    "soft hyphens": lambda text, quote, chance: (sprinkled(text, chance, "\u00ad"), quote),
    "zero-width": lambda text, quote, chance: (sprinkled(text, chance, "\u200b"), quote),
    "direction marks": lambda text, quote, chance: (sprinkled(text, chance, "\u200f"), f"\u202b{quote}\u202c"),
    "decomposed": lambda text, quote, _: (unicodedata.normalize("NFD", text), quote),
    "decomposed quote": lambda text, quote, _: (text, unicodedata.normalize("NFD", quote)),
    "ligatures": lambda text, quote, _: (re.sub("fi", "ﬁ", re.sub("fl", "ﬂ", re.sub("ff", "ﬀ", text))), quote),
    "no ligatures": lambda text, quote, _: (text, quote.replace("œ", "oe")),
    "byte order mark": lambda text, quote, _: ("\ufeff" + text, quote),
    "lines of Windows": lambda text, quote, _: (re.sub(r" (\S+) ", " \\1\r\n", text), quote),
    "runs of space": lambda text, quote, _: (text.replace(" ", "  \t"), quote),
    "letter case": lambda text, quote, _: (text, quote[0].swapcase() + quote[1:]),
    "wrapped quote": lambda text, quote, _: (text, quote.replace(" ", "\n", 3)),
    "emphasised": lambda text, quote, _: (f"*{text}*".replace("\n\n", "*\n\n*"), quote),
    "quoted mail": lambda text, quote, _: (re.sub("^", "> ", text, flags=re.MULTILINE), quote),
    "in quotation marks": lambda text, quote, _: (text, f"“{quote}”"),
}


def true_cases(language: str) -> Iterator[Case]:
    text = TEXTS[language]
    for number, (what, change) in enumerate(TRUE.items()):
        chance = random.Random(number)
        for quote in cuts(language, chance, 3):
            yield Case(language, what, *change(text, quote, chance))
    for number, quote in enumerate(cuts(language, random.Random(99), 8)):
        chance = random.Random(number)
        broken = "\n\n".join(wrapped(one, chance, language) for one in text.split("\n\n"))
        yield Case(language, "line ends", broken, quote)
        yield Case(language, "page ends", broken.replace("\n", "\n\f\n", 3), quote)
        yield Case(language, "marks of notes", noted(text, chance), quote)
        yield Case(language, "Markdown", marked_up(text, chance, language), quote, "source.md")
        yield Case(language, "HTML", page(text, chance, language), quote, "source.html")
        yield Case(language, "HTML with straight quotes", page(text, chance, language), straight(quote), "source.html")


def declared_cases(language: str) -> Iterator[tuple[Case, Kind]]:
    text = TEXTS[language]
    gap = "" if language in UNSPACED else " "
    forms = ["[...]", "[…]", "(…)", ". . .", "[. . .]", "..."]
    for number, quote in enumerate(cuts(language, random.Random(5), 12)):
        chance = random.Random(number)
        units = words(language, quote)
        first = chance.randint(4, 6) + 2 * (language in UNSPACED)
        last = min(first + chance.randint(1, 4), len(units) - 4)
        head, tail = "".join(units[:first]).rstrip(" ,;:.—–…«“„"), "".join(units[last:]).lstrip(" —–…»”,.;")
        if "…" not in quote and '"' not in quote:
            yield Case(language, "elided", text, f"{head} {forms[number % len(forms)]} {tail}"), Kind.ELIDED
        inner = units[first]
        if inner.strip().isalnum():
            rest = "".join(units[first + 1 :])
            yield (
                Case(language, "replaced", text, f"{''.join(units[:first])}[{INSERTED[language]}]{gap}{rest}"),
                Kind.ALTERED,
            )
            yield Case(language, "inserted", text, f"{''.join(units[:first])}[Editor]{gap}{inner}{rest}"), Kind.ALTERED
            yield Case(language, "sic", text, f"{''.join(units[:first])}{inner.strip()} [sic]{gap}{rest}"), Kind.ALTERED
        if language not in UNSPACED and quote[0].isalpha() and quote[0].lower() != quote[0].upper():
            yield Case(language, "letter in brackets", text, f"[{quote[0].swapcase()}]{quote[1:]}"), Kind.ALTERED
    ones = sentences(language)
    for first, last in [(0, 2), (3, 5), (6, 8)]:
        quote = f"{ones[first]} [...] {ones[last]}"
        yield Case(language, "sentences left out", text, quote), Kind.ELIDED
        pages = "\n\n".join(wrapped(one, random.Random(3), language) for one in text.split("\n\n"))
        yield Case(language, "left out over line ends", pages, quote), Kind.ELIDED


def false_cases(language: str) -> Iterator[Case]:
    yield from negations_dropped(language)
    for number, quote in enumerate(cuts(language, random.Random(17), 14)):
        yield from changed_words(language, quote, random.Random(number))
    yield from stitched(language)
    yield from other_figures_and_names(language)


def negations_dropped(language: str) -> Iterator[Case]:
    for quote in sentences(language):
        for negation in NEGATIONS[language]:
            if negation in quote[1:] and not quote.startswith(negation):
                yield Case(language, "negation dropped", TEXTS[language], quote.replace(negation, "", 1))


def changed_words(language: str, quote: str, chance: random.Random) -> Iterator[Case]:
    units = words(language, quote)
    at = chance.randint(3, len(units) - 5)
    gap = "" if language in UNSPACED else " "
    before, after = units[:at], units[at + 1 :]
    made = {
        "negation put in": [*before, INSERTED[language] + gap, units[at], *after],
        "word dropped": [*before, *after],
        "clause dropped": [*before, *after[3:]],
        "parts in the wrong order": [units[at], *after, " [...] ", *before],
        "elided and changed": [*units[:2], INSERTED[language] + gap, *units[2:at], " [...] ", *after[1:]],
    }
    if units[at].strip() != after[0].strip():
        made["words in another order"] = [*before, after[0].rstrip() + gap, units[at].rstrip() + gap, *after[1:]]
    other = chance.choice([unit for unit in words(language, TEXTS[language]) if unit.strip().isalpha()])
    if other.strip() != units[at].strip():
        made["word exchanged"] = [*before, other.rstrip() + gap, *after]
    if gap and len(units[-1].strip(".,»”")) > 4 and units[-1][:3].isalpha():
        made["cut in a word"] = [*units[:-1], units[-1][:3]]
    for what, pieces in made.items():
        yield Case(language, what, TEXTS[language], "".join(pieces))


def stitched(language: str) -> Iterator[Case]:
    text, ones = TEXTS[language], sentences(language)
    for number, (one, other) in enumerate(zip(ones, ones[3:], strict=False)):
        half, rest = words(language, one), words(language, other)
        yield Case(language, "stitched", text, "".join(half[: len(half) // 2] + rest[len(rest) // 2 :]))
        if number % 2:
            yield Case(language, "stitched the wrong way round", text, f"{other} [...] {one}")
            yield Case(language, "a paragraph in brackets", text, "".join([*half[:5], "[and] ", *rest[-5:]]))


def other_figures_and_names(language: str) -> Iterator[Case]:
    text, ones = TEXTS[language], sentences(language)
    for figure in re.findall(r"\d+(?:[.,]\d+)?", text):
        quote = next((one for one in ones if figure in one), None)
        if quote is None:
            continue
        other = str(int(float(figure.replace(",", "."))) + 10)
        yield Case(language, "number changed", text, quote.replace(figure, other, 1))
        if len(figure) > 1:
            yield Case(language, "number cut", text, quote[quote.index(figure) + 1 :])
    one, other = NAMES[language]
    for quote in ones:
        if one in quote or other in quote:
            exchanged = quote.replace(one, "\0").replace(other, one).replace("\0", other)
            yield Case(language, "names exchanged", text, exchanged)


LANGUAGES = sorted(TEXTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_true_quotations_are_accepted(language: str) -> None:
    refused = []
    for case in true_cases(language):
        verdict = case.verdict()
        if verdict.kind not in {Kind.VERBATIM, Kind.TYPOGRAPHIC}:
            refused.append((case.what, case.quote, verdict))
    assert not refused


@pytest.mark.parametrize("language", LANGUAGES)
def test_declared_changes_are_seen(language: str) -> None:
    wrong = []
    for case, kind in declared_cases(language):
        verdict = case.verdict()
        if verdict.kind is not kind:
            wrong.append((case.what, case.quote, verdict))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_false_quotations_are_not_accepted(language: str) -> None:
    accepted = []
    for case in false_cases(language):
        verdict = case.verdict()
        if verdict.is_accepted:
            accepted.append((case.what, case.quote, verdict))
    assert not accepted


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_out_or_beside_is_reviewed(language: str) -> None:
    text = TEXTS[language]
    seen = 0
    gap = "" if language in UNSPACED else " "
    edge = r"(?<=\s)" if gap else ""
    for quote in sentences(language):
        for negation in NEGATIONS[language]:
            found = re.search(f"{edge}{negation}", quote)
            if not found or (gap and not negation.endswith(" ")):
                continue
            before, after = quote[: found.start()].rstrip(), quote[found.end() :]
            if len(words(language, before)) < 3 - (not gap) or len(after) < 30 - 18 * (not gap):
                continue
            seen += 1
            assert Case(language, "", text, f"{before} [...] {after}").verdict().review, (negation, quote)
            assert Case(language, "", text, after).verdict(prefix=negation).review, (negation, quote)
            assert Case(language, "", text, before).verdict(suffix=negation).review, (negation, quote)
    assert seen


def test_the_suite_is_large() -> None:
    number = sum(
        sum(1 for _ in true_cases(language))
        + sum(1 for _ in declared_cases(language))
        + sum(1 for _ in false_cases(language))
        for language in LANGUAGES
    )
    assert number >= 600
