"""What a reader does on a page: point, follow, come back, switch, copy, print."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.page.texts import THEMES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Open

CARD = ".annot-card:popover-open"
#: Longer than the card waits.
PAUSE = 400


def lit(page: Page) -> set[str]:
    """What is lit: the ids of notes and marks, and the note that a lemma is about."""
    script = "es => es.map(e => e.matches('.annot-lemma') ? `lemma of ${e.getAttribute('aria-details')}` : e.id)"
    return set(page.locator("[data-annot-lit]").evaluate_all(script))


CLEAR = {"ednote-clear", "mark-clear", "lemma of ednote-clear"}


@pytest.mark.parametrize("part", ["#ednote-clear", "#mark-clear", ".annot-lemma[aria-details=ednote-clear]"])
def test_pointing_at_one_part_lights_all(visit: Open, part: str) -> None:
    page = visit()
    page.locator(part).first.hover()
    assert lit(page) == CLEAR
    page.mouse.move(1, 1)
    assert not lit(page)


def test_focus_lights_too(visit: Open) -> None:
    page = visit()
    page.locator("#mark-clear").focus()
    assert lit(page) == CLEAR
    page.locator("#ednote-title .annot-back").focus()
    assert lit(page) == {"ednote-title", "mark-title"}


def test_forced_colours_keep_what_is_lit_apart(visit: Open) -> None:
    page = visit(forced_colors="active")
    page.locator("#mark-clear").hover()
    line = "e => getComputedStyle(e).textDecorationThickness"
    assert page.locator(".annot-lemma[aria-details=ednote-clear]").first.evaluate(line) == "3px"
    assert page.locator(".annot-lemma[aria-details=ednote-true]").first.evaluate(line) == "1px"


def test_overlapping_lemmas_have_lines_of_their_own(visit: Open) -> None:
    page = visit()
    inner = page.locator(".annot-lemma .annot-lemma").first
    offsets = [
        part.evaluate("e => parseFloat(getComputedStyle(e).textUnderlineOffset)")
        for part in (inner, inner.locator(".."))
    ]
    assert offsets[0] > offsets[1] + 1


@pytest.mark.parametrize("theme", THEMES)
def test_a_card_shows_the_source_at_its_mark(visit: Open, theme: str) -> None:
    page = visit(theme=theme)
    mark = page.locator("#cite-almanac")
    mark.scroll_into_view_if_needed()
    mark.hover()
    card = page.locator(CARD)
    card.wait_for()
    text = card.inner_text()
    assert "Almanac for Pilots" in text
    assert "January 2, 1920" in text, "the archived copy"
    assert "A remark of the editor’s" in text
    assert "↩" not in text
    box, view = card.bounding_box(), page.viewport_size
    assert box
    assert view
    assert 0 <= box["x"] <= view["width"] - box["width"]
    assert 0 <= box["y"] <= view["height"] - box["height"]
    card.hover()
    page.wait_for_timeout(PAUSE)
    assert card.is_visible(), "the pointer may enter"
    page.mouse.move(1, 1)
    page.wait_for_timeout(PAUSE)
    assert card.count() == 0


def test_the_keyboard_reaches_what_the_pointer_does(visit: Open) -> None:
    page = visit()
    page.locator("#cite-almanac").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.locator(CARD).wait_for()
    focused = "document.activeElement.closest('.annot-card') ? document.activeElement.href : document.activeElement.id"
    page.keyboard.press("Tab")
    assert page.evaluate(focused).startswith("https://example.org/almanac")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "https://archive.example.org/almanac"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "cite-almanac--2"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focused) == "cite-almanac"
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(CARD).count() == 0
    assert page.evaluate(focused) == "cite-almanac"


def test_touch_opens_the_card_first_and_follows_then(visit: Open) -> None:
    page = visit(width=390, has_touch=True, is_mobile=True)
    page.locator("#cite-almanac").tap()
    card = page.locator(CARD)
    card.wait_for()
    box = card.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert "#" not in page.url
    page.locator("#cite-almanac").tap()
    assert page.url.endswith("#source-almanac")


def test_a_phone_opens_a_note_in_place(visit: Open) -> None:
    page = visit(width=390, has_touch=True, is_mobile=True)
    note = page.locator("#ednote-clear")
    assert not note.is_visible()
    page.locator("#mark-clear").tap()
    assert note.is_visible()
    assert "#" not in page.url
    page.keyboard.press("Escape")
    assert not note.is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [390, 1440])
def test_from_mark_to_note_or_source_and_back(visit: Open, width: int, *, scripts: bool) -> None:
    page = visit(width=width, scripts=scripts)
    for mark, target, back in (
        ("#mark-clear", "#ednote-clear", "#ednote-clear .annot-back"),
        ("#cite-almanac", "#source-almanac", "#source-almanac .annot-back >> nth=0"),
    ):
        page.locator(mark).focus()
        page.keyboard.press("Enter")
        assert page.url.endswith(target)
        assert page.locator(target).is_visible()
        page.locator(back).focus()
        page.keyboard.press("Enter")
        assert page.url.endswith(mark)
        box = page.locator(mark).bounding_box()
        assert box
        assert 0 <= box["y"] <= 900 - box["height"]


def test_escape_leads_back_from_a_followed_note(visit: Open) -> None:
    page = visit()
    page.locator("#mark-quoted").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#ednote-quoted")
    page.keyboard.press("Escape")
    page.wait_for_url("**/*#mark-quoted")


def test_a_long_note_opens_where_it_stands(visit: Open) -> None:
    page = visit("crowded")
    more = page.locator(".annot-note[data-annot-long] .annot-more").first
    note = page.locator(".annot-note[data-annot-long]").first
    folded = note.bounding_box()
    more.click()
    opened = note.bounding_box()
    assert folded
    assert opened
    assert opened["height"] > folded["height"] + 20
    assert not visit("crowded", scripts=False).locator(".annot-more").first.is_visible()


def test_switches_hide_what_they_name(visit: Open) -> None:
    page = visit()
    context, gloss = page.locator("#ednote-clear"), page.locator("#ednote-nested")
    page.get_by_role("checkbox", name="Context").uncheck()
    assert not context.is_visible()
    assert not page.locator("#mark-clear").is_visible()
    lemma = page.locator(".annot-lemma[aria-details=ednote-clear]").first
    assert lemma.is_visible(), "the words are the author's"
    assert lemma.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    assert gloss.is_visible()
    assert "notes-off=kind%3Acontext" in page.url
    page.reload()
    assert not context.is_visible(), "the address says so"
    page.goto(page.url.partition("?")[0])
    assert not context.is_visible(), "it is remembered"
    assert "notes-off=kind%3Acontext" in page.url
    page.get_by_role("checkbox", name="Context").check()
    assert context.is_visible()
    assert "notes-off" not in page.url


def test_a_layer_can_be_switched_off(visit: Open) -> None:
    page = visit()
    note = page.locator("#ednote-second-lamp")
    assert note.is_visible()
    page.get_by_role("checkbox", name="Notes of a second reader").uncheck()
    assert not note.is_visible()


def test_what_is_switched_off_never_shows(visit: Open) -> None:
    page = visit("plain")
    page.route("**/annot.js*", lambda route: route.abort())
    page.goto(page.url.replace("plain.html", "places.html?notes-off=kind:context+layer:second"))
    assert not page.locator("#ednote-clear").is_visible()
    assert not page.locator("#ednote-second-lamp").is_visible()
    assert page.locator("#ednote-nested").is_visible()


def test_the_chain_holds_behind_a_hidden_note(visit: Open) -> None:
    page = visit(query="?notes-off=kind:context+kind:gloss+kind:dispute")
    tops = page.locator(".annot-note").evaluate_all(
        "es => es.filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.getBoundingClientRect())"
        ".filter(b => b.height).map(b => [b.top, b.bottom])"
    )
    assert len(tops) > 5
    assert all(below[0] >= above[1] - 1 for above, below in pairwise(tops))


def test_a_browser_that_refuses_storage_is_no_error(visit: Open) -> None:
    page = visit("plain")
    page.add_init_script(
        "const { getItem } = Storage.prototype; for (const name of ['getItem', 'setItem'])"
        "Storage.prototype[name] = function (key) {"
        " if (key === 'annot-off') throw new Error('refused'); return getItem.call(this, key); };"
    )
    page.goto(page.url.replace("plain", "places"))
    page.get_by_role("checkbox", name="Context").uncheck()
    assert not page.locator("#ednote-clear").is_visible()


def test_without_scripts_there_are_no_switches_and_every_note(visit: Open) -> None:
    page = visit(scripts=False, query="?notes-off=kind:context")
    assert not page.locator(".annot-controls").is_visible()
    assert page.locator("#ednote-clear").is_visible()


def test_a_paragraph_can_be_linked_and_cited(visit: Open) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.locator("#para-1 .annot-pnum").click()
    assert page.url.endswith("#para-1")
    link = page.url
    card = page.locator(CARD)
    card.get_by_role("button", name="Copy link").click()
    card.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == link
    card.get_by_role("button", name="Copy citation").click()
    page.wait_for_timeout(50)
    edition = "Ines Hallberg. The log of the Outer Light. Edited by M. Orr. Harbour Papers, March 4, 1923"
    assert page.evaluate("navigator.clipboard.readText()") == f"{edition}, paragraph 1. {link}"


def test_selected_words_are_linked_across_a_mark(visit: Open) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("""() => {
      const text = document.querySelector("#para-1");
      const range = document.createRange();
      range.setStart([...text.childNodes].find((n) => n.textContent.includes("The lamp")), 0);
      const last = [...text.childNodes].find((n) => n.textContent.includes("burned until morning"));
      range.setEnd(last, last.textContent.indexOf("morning") + 7);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }""")
    page.locator("#para-1 .annot-pnum").click()
    page.locator(CARD).get_by_role("button", name="Copy link").click()
    page.wait_for_timeout(50)
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#para-1:~:text=" in link
    words = link.partition(":~:text=")[2].split(",")
    assert len(words) == 2, "the form that reaches across marks"
    assert words[1].endswith("morning")


def test_copied_words_are_the_authors(visit: Open) -> None:
    page = visit()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#para-1'))")
    words = " ".join(page.evaluate("getSelection().toString()").split())
    assert words.startswith("The lamp was lit at eight and burned until morning, as the almanac asks")
    assert "[1" not in words


@pytest.mark.parametrize("theme", THEMES)
def test_an_attribution_is_as_heavy_as_the_text(visit: Open, theme: str) -> None:
    page = visit(theme=theme)
    weight = "e => getComputedStyle(e).fontWeight"
    assert page.locator(".annot-passage figcaption").evaluate(weight) == page.locator("#para-1").evaluate(weight)


def test_the_text_of_a_paragraph_has_no_note_in_it(visit: Open) -> None:
    page = visit(scripts=False)
    inside = "p .annot-note, table .annot-note, figure .annot-note, dl .annot-note, .admonition .annot-note"
    assert page.locator(inside).count() == 0


@pytest.mark.parametrize("theme", ["alabaster", "sphinx_book_theme"])
def test_print_has_every_note_once_in_order(visit: Open, theme: str) -> None:
    page = visit(theme=theme)
    page.emulate_media(media="print")
    notes = page.locator(".annot-note")
    assert notes.evaluate_all(
        "es => es.every(e => getComputedStyle(e).position !== 'absolute' && e.getClientRects().length)"
    )
    tops = notes.evaluate_all("es => es.map(e => e.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    assert not page.locator(".annot-controls").is_visible()
    assert not page.locator(".annot-back").first.is_visible()
    address = "getComputedStyle(document.querySelector('#ednote-true a[href*=\"/end\"]'), '::after').content"
    assert "example.org/end" in page.evaluate(f"{address}.replace('attr(href)', 'example.org/end')")


@pytest.mark.parametrize("theme", THEMES)
def test_paper_cuts_nothing_off(visit: Open, theme: str) -> None:
    page = visit(theme=theme, width=700)
    page.emulate_media(media="print")
    cut = page.locator(".annot-edition :is(table, pre, div:has(> table))").evaluate_all(
        "es => es.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"
    )
    assert not cut


def test_all_of_it_can_be_taken_away(visit: Open) -> None:
    page = visit()
    page.evaluate("sphinxAnnot.unmount()")
    assert page.locator(".annot-card").count() == 0
    page.locator("#ednote-clear").hover()
    assert not lit(page)
    page.evaluate("void sphinxAnnot.mount()")
    page.locator("#ednote-title").hover()
    assert "ednote-title" in lit(page)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("[...sphinxAnnot.switchedOff('?notes-off=kind:a+layer:b', 'kind:c')]", ["kind:a", "layer:b"]),
        ("[...sphinxAnnot.switchedOff('?notes-off=', 'kind:c')]", []),
        ("[...sphinxAnnot.switchedOff('?q=1', 'kind:c')]", ["kind:c"]),
        ("[...sphinxAnnot.switchedOff('', null)]", []),
        (
            "sphinxAnnot.addressFor('https://e.org/a?q=1#x', new Set(['kind:a']))",
            "https://e.org/a?q=1&notes-off=kind%3Aa#x",
        ),
        ("sphinxAnnot.linkTo('https://e.org/a?notes-off=x#y', '#para-2')", "https://e.org/a#para-2"),
        (
            (
                "sphinxAnnot.placeOf({left: 50, right: 60, top: 100, bottom: 110}, {width: 200, height: 80},"
                " {width: 390, height: 800}, false)"
            ),
            {"left": 50, "top": 116, "room": 678},
        ),
        (
            (
                "sphinxAnnot.placeOf({left: 350, right: 360, top: 700, bottom: 710}, {width: 200, height: 300},"
                " {width: 390, height: 800}, false)"
            ),
            {"left": 184, "top": 394, "room": 688},
        ),
        (
            (
                "sphinxAnnot.placeOf({left: 350, right: 360, top: 100, bottom: 110}, {width: 200, height: 80},"
                " {width: 390, height: 800}, true).left"
            ),
            160,
        ),
        ("sphinxAnnot.fragmentOf(['one two three'])", "text=one%20two%20three"),
        ("sphinxAnnot.fragmentOf(['one two', 'three four'])", "text=one%20two,three%20four"),
        ("sphinxAnnot.fragmentOf(['a b c d e f g h i-j'])", "text=a%20b%20c%20d,f%20g%20h%20i%2Dj"),
        ("sphinxAnnot.fragmentOf(['  '])", ""),
    ],
)
def test_decisions_without_a_page(visit: Open, call: str, expected: Any) -> None:
    assert visit("places").evaluate(f"JSON.stringify({call})") == json.dumps(
        expected, separators=(",", ":"), ensure_ascii=False
    )
