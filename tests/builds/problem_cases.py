"""One mistake each, written for both markups: what has to be said of it, where, and what the page still shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.markup import Markup

TEXT = "The river rose in the night, and the river fell in the morning."


@dataclass(frozen=True, kw_only=True)
class Case:
    """Blocks of a document after its title, and what has to be said and shown.

    ``at`` are words of the line that is reported (or of the directive that holds it), ``says`` words of the
    message, ``shows`` words of the page, ``others`` further documents.
    """

    name: str
    code: str
    blocks: Callable[[Markup], tuple[str, ...]]
    at: str
    says: tuple[str, ...]
    shows: tuple[str, ...] = ("The river rose",)
    others: Callable[[Markup], dict[str, tuple[str, ...]]] = field(default=lambda _: {})


def _unknown_reference(role: str) -> Case:
    def blocks(markup: Markup) -> tuple[str, ...]:
        return (f"See {markup.span(role, 'nothing')} and {markup.span(role, 'these words <nought>')}.",)

    return Case(
        name=f"reference to an unknown {role}",
        code="unknown",
        blocks=blocks,
        at="nothing",
        says=("nothing", "nought"),
        shows=("nothing", "these words"),
    )


def _bad_field(code: str, option: str, value: str) -> Case:
    def blocks(markup: Markup) -> tuple[str, ...]:
        source = markup.directive("annot:source", "flood", {"title": "The Flood", option: value}, "")
        return (f"{TEXT} {markup.span('cite', 'flood')}", source)

    return Case(
        name=f"{code} that is none: {option}",
        code=code,
        blocks=blocks,
        at=option,
        says=(value, option),
        shows=("The Flood",) if option in {"accessed", "archive-url"} else ("The Flood", value),
    )


def source(markup: Markup, key: str = "flood", **fields: str) -> str:
    return markup.block("source", key, title="The Flood", **fields)


CASES: Final[tuple[Case, ...]] = (
    Case(
        name="source twice in a document",
        code="duplicate",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flood"), source(m), source(m, issued="1999")),
        at="flood",
        says=("flood", "index"),
        shows=("The Flood", "1999"),
    ),
    Case(
        name="source twice in two documents",
        code="duplicate",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flood"), source(m)),
        others=lambda m: {"other": (source(m, number="4"),)},
        at="flood",
        says=("flood", "other", "index"),
    ),
    Case(
        name="note twice",
        code="duplicate",
        blocks=lambda m: (TEXT, m.block("ednote", "same", "First note."), m.block("ednote", "same", "Second note.")),
        at="same",
        says=("same",),
        shows=("First note.", "Second note."),
    ),
    Case(
        name="passage twice",
        code="duplicate",
        blocks=lambda m: (
            m.block("passage", "same", "First words.", source="flood"),
            m.block("passage", "same", "Second words.", source="flood"),
            source(m),
        ),
        at="same",
        says=("same",),
        shows=("First words.", "Second words."),
    ),
    Case(
        name="citation of an unknown key",
        code="unknown",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flod") + m.text("").strip(), source(m, number="1")),
        at="flod",
        says=("flod", "flood"),
        shows=("flod",),
    ),
    Case(
        name="one unknown key of several",
        code="unknown",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flood, p. 3; nothing"), source(m)),
        at="nothing",
        says=("nothing",),
        shows=("nothing", "p. 3", "The Flood"),
    ),
    Case(
        name="quote from an unknown source",
        code="unknown",
        blocks=lambda m: ("It " + m.span("quote", "rose in the night <nothing>") + " and fell.",),
        at="nothing",
        says=("nothing",),
        shows=("rose in the night", "nothing"),
    ),
    Case(
        name="passage from an unknown source",
        code="unknown",
        blocks=lambda m: (m.block("passage", "p", "Words of the passage.", source="nothing"),),
        at="nothing",
        says=("nothing",),
        shows=("Words of the passage.", "nothing"),
    ),
    *(_unknown_reference(role) for role in ("source", "passage", "ednote", "edition")),
    Case(
        name="mark of an unknown note",
        code="unknown",
        blocks=lambda m: (TEXT + " " + m.span("noteref", "nothing"),),
        at="nothing",
        says=("nothing",),
    ),
    Case(
        name="lemma of an unknown note",
        code="unknown",
        blocks=lambda m: ("The river " + m.span("lemma", "rose in the night <nothing>") + ".",),
        at="nothing",
        says=("nothing",),
        shows=("rose in the night",),
    ),
    Case(
        name="directive that does not exist",
        code="unknown",
        blocks=lambda m: (TEXT, m.block("endnote", "n", "Words of the note.", on="The river rose")),
        at="endnote",
        says=('"annot:endnote"', '"annot:ednote"'),
        shows=("Words of the note.",),
    ),
    Case(
        name="directive that is a role",
        code="unknown",
        blocks=lambda m: (TEXT, m.block("cite", "flood")),
        at="annot:cite",
        says=('"annot:cite"', "it is a role"),
        shows=("flood",),
    ),
    Case(
        name="role that does not exist",
        code="unknown",
        blocks=lambda m: (f"{TEXT} {m.span('footnote', 'words of it')} and {m.span('sorce', 'flood')}",),
        at="words of it",
        says=('"annot:footnote"', "noteref", '"annot:sorce"', '"annot:source"'),
        shows=("words of it",),
    ),
    Case(
        name="note in an unknown document",
        code="unknown",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", in_="nowhere", on="The river rose")),
        at="nowhere",
        says=("nowhere",),
        shows=("Words of the note.",),
    ),
    Case(
        name="layer on an unknown document",
        code="unknown",
        blocks=lambda m: (m.block("layer", in_="nowhere"), TEXT, m.block("ednote", "n", "Words of the note.")),
        at="nowhere",
        says=("nowhere",),
        shows=("Words of the note.",),
    ),
    Case(
        name="words that are not there",
        code="lemma_missing",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", on="the mountain fell")),
        at="the mountain fell",
        says=("the mountain fell",),
        shows=("Words of the note.",),
    ),
    Case(
        name="words that have changed a little",
        code="lemma_missing",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", on="The river ran in the night")),
        at="The river ran",
        says=("The river ran in the night", "rose"),
        shows=("Words of the note.",),
    ),
    Case(
        name="words of a layer that are not there",
        code="lemma_missing",
        blocks=lambda _: (TEXT,),
        others=lambda m: {
            "layer": (m.block("layer", in_="index"), m.block("ednote", "n", "Words of the note.", on="the hill"))
        },
        at="the hill",
        says=("the hill",),
        shows=("Words of the note.",),
    ),
    Case(
        name="words that are there twice",
        code="lemma_ambiguous",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", on="river")),
        at="river",
        says=('"river"',),
        shows=("Words of the note.",),
    ),
    Case(
        name="a prefix that settles nothing",
        code="lemma_ambiguous",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", on="in the", prefix="river")),
        at="in the",
        says=("in the",),
        shows=("Words of the note.",),
    ),
    *(_bad_field("url", option, "javascript:alert(1)") for option in ("url", "archive-url")),
    *(_bad_field("date", option, "2019-13-45") for option in ("issued", "original-date", "accessed", "archive-date")),
    Case(
        name="date of a note",
        code="date",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", date="yesterday")),
        at="yesterday",
        says=("yesterday",),
        shows=("Words of the note.",),
    ),
    Case(
        name="empty locator",
        code="locator",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flood,"), source(m)),
        at="flood,",
        says=("empty",),
        shows=("The Flood",),
    ),
    Case(
        name="label without a place",
        code="locator",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flood, p."), source(m)),
        at="flood, p.",
        says=("p.",),
        shows=("The Flood", "p."),
    ),
    Case(
        name="label without a place in a passage",
        code="locator",
        blocks=lambda m: (m.block("passage", "p", "The river rose.", source="flood", locator="chap."), source(m)),
        at="chap.",
        says=("chap.",),
        shows=("The Flood", "chap."),
    ),
    Case(
        name="unknown kind",
        code="option",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", kind="glos")),
        at="glos",
        says=("glos", "gloss"),
        shows=("Words of the note.",),
    ),
    Case(
        name="unknown placement",
        code="option",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", placement="ceiling")),
        at="ceiling",
        says=("ceiling", "margin"),
        shows=("Words of the note.",),
    ),
    Case(
        name="number that is none",
        code="option",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", on="the river", nth="second")),
        at="second",
        says=("second", "nth"),
        shows=("Words of the note.",),
    ),
    Case(
        name="unknown option",
        code="option",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "Words of the note.", colour="red")),
        at="n",
        says=("colour",),
        shows=("Words of the note.",),
    ),
    Case(
        name="register of what there is none of",
        code="option",
        blocks=lambda m: (TEXT, m.block("register", of="persons")),
        at="persons",
        says=("persons", "sources"),
    ),
    Case(
        name="register of nothing",
        code="option",
        blocks=lambda m: (TEXT, m.block("register")),
        at="register",
        says=("of",),
    ),
    Case(
        name="unknown order of a register",
        code="option",
        blocks=lambda m: (
            TEXT + " " + m.span("cite", "flood"),
            m.block("register", of="sources", sort="size"),
            source(m),
        ),
        at="size",
        says=("size", "author"),
        shows=("The Flood",),
    ),
    Case(
        name="key with a comma",
        code="option",
        blocks=lambda m: (TEXT, source(m, "flood,1999")),
        at="flood,1999",
        says=("flood,1999",),
    ),
    Case(
        name="unknown type of source",
        code="option",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flood"), source(m, type="newspaper")),
        at="newspaper",
        says=("newspaper", "article-newspaper"),
        shows=("The Flood",),
    ),
    Case(
        name="note without words",
        code="option",
        blocks=lambda m: (TEXT, m.block("ednote", "n", "", on="The river rose")),
        at="ednote",
        says=("n",),
    ),
    Case(
        name="snapshot outside its folder",
        code="file",
        blocks=lambda m: (TEXT + " " + m.span("cite", "flood"), source(m, snapshot="../../secret.txt")),
        at="secret.txt",
        says=("../../secret.txt",),
        shows=("The Flood",),
    ),
    Case(
        name="source that is never cited",
        code="uncited",
        blocks=lambda m: (TEXT, source(m)),
        at="flood",
        says=("flood",),
    ),
    Case(
        name="printed reference that nothing leads to",
        code="unmarked",
        blocks=lambda m: (TEXT, m.block("edition", "e"), source(m, number="1")),
        at="flood",
        says=("flood",),
        shows=("The Flood",),
    ),
    Case(
        name="footnote that nothing leads to",
        code="unmarked",
        blocks=lambda m: (m.block("edition", "e"), TEXT, m.footnote("lost", "Words of the footnote.")),
        at="lost",
        says=("footnote",),
        shows=("Words of the footnote.",),
    ),
    Case(
        name="one number printed twice",
        code="number",
        blocks=lambda m: (
            f"{TEXT} {m.span('cite', 'one; two')}",
            source(m, "one", number="7"),
            source(m, "two", number="7"),
        ),
        at="two",
        says=("7",),
    ),
    Case(
        name="gap in the printed numbers",
        code="number",
        blocks=lambda m: (
            f"{TEXT} {m.span('cite', 'one; two')}",
            source(m, "one", number="1"),
            source(m, "two", number="3"),
        ),
        at="two",
        says=("2",),
    ),
)
