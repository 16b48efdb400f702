"""The place inside a source: ``p. 12``, ``chap. 2, line 14``, ``fol. 3r``.

Labels are those of CSL in English and in the language of the document; any other prints as typed.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# For each CSL term: singular, plural, then what else is understood. "{}" stands for the place where it is not last.
_TABLES = {
    "en": """
        page: p. | pp. | page | pages | pg. | pgs.
        paragraph: para. | paras. | par. | pars. | paragraph | paragraphs
        chapter: chap. | chaps. | ch. | chs. | chapter | chapters
        section: sec. | secs. | sect. | section | sections
        line: line | lines | l. | ll.
        verse: v. | vv. | verse | verses
        volume: vol. | vols. | volume | volumes
        book: bk. | bks. | book | books
        part: pt. | pts. | part | parts
        column: col. | cols. | column | columns
        note: n. | nn. | note | notes
        figure: fig. | figs. | figure | figures
        table: tbl. | tbls. | table | tables
        article: art. | arts. | article | articles
        act: act | acts
        scene: sc. | scs. | scene | scenes
        issue: no. | nos. | number | numbers | issue | issues
        opus: op. | opp. | opus | opera
        appendix: app. | apps. | appendix | appendices
        canon: canon | canons
        equation: eq. | eqs. | equation | equations
        rule: r. | rr. | rule | rules
        supplement: supp. | supps. | supplement | supplements
        title: tit. | tits. | title | titles
        timestamp: at | at | timestamp | time
        sub-verbo: s.v. | s.vv. | sub verbo | sub verbis
        """,
    "de": """
        page: S. | S. | Seite | Seiten
        paragraph: Abs. | Abs. | Absatz | Absätze
        chapter: Kap. | Kap. | Kapitel
        section: Abschn. | Abschn. | Abschnitt | Abschnitte
        line: Z. | Z. | Zeile | Zeilen
        verse: V. | V. | Vers | Verse
        volume: Bd. | Bde. | Band | Bände
        book: Buch | Bücher | B.
        part: Teil | Teile | T.
        column: Sp. | Sp. | Spalte | Spalten
        note: Anm. | Anm. | Anmerkung | Anmerkungen | Fn. | Fußnote
        figure: Abb. | Abb. | Abbildung | Abbildungen
        table: Tab. | Tab. | Tabelle | Tabellen
        article: Art. | Art. | Artikel
        act: Akt | Akte
        scene: Szene | Szenen | Sz.
        issue: Nr. | Nr. | Nummer | Nummern | Heft
        appendix: Anh. | Anh. | Anhang
        timestamp: bei | bei
        """,
    "fr": """
        page: p. | p. | page | pages | pp.
        paragraph: paragr. | paragr. | par. | al. | paragraphe | paragraphes | alinéa | alinéas
        chapter: chap. | chap. | chapitre | chapitres
        section: sect. | sect. | sec. | section | sections
        line: l. | l. | ligne | lignes
        verse: v. | v. | vers | verset | versets
        volume: vol. | vol. | t. | tome | tomes | volume | volumes
        book: livre | livres | liv.
        part: part. | part. | partie | parties
        column: col. | col. | colonne | colonnes
        note: n. | n. | note | notes
        figure: fig. | fig. | figure | figures
        table: tabl. | tabl. | tableau | tableaux
        article: art. | art. | article | articles
        act: acte | actes
        scene: sc. | sc. | scène | scènes
        issue: nᵒ | nᵒˢ | n° | no | numéro | numéros
        appendix: app. | app. | annexe | annexes
        timestamp: à | à
        """,
    "es": """
        page: p. | pp. | pág. | págs. | página | páginas
        paragraph: párr. | párrs. | párrafo | párrafos
        chapter: cap. | caps. | capítulo | capítulos
        section: sec. | secs. | sección | secciones
        line: l. | ll. | lín. | línea | líneas
        verse: v. | vv. | verso | versos | versículo | versículos
        volume: vol. | vols. | t. | tomo | tomos | volumen | volúmenes
        book: lib. | libs. | libro | libros
        part: parte | partes | pt.
        column: col. | cols. | columna | columnas
        note: n. | nn. | nota | notas
        figure: fig. | figs. | figura | figuras
        table: tabla | tablas
        article: art. | arts. | artículo | artículos
        act: acto | actos
        scene: esc. | escs. | escena | escenas
        issue: núm. | núms. | n.º | número | números
        appendix: ap. | aps. | apéndice | anexo
        timestamp: en | en
        """,
    "ru": """
        page: с. | с. | стр. | страница | страницы
        paragraph: абз. | абз. | абзац | абзацы
        chapter: гл. | гл. | глава | главы
        section: разд. | разд. | раздел | разделы
        line: строка | строки | стк.
        verse: ст. | ст. | стих | стихи
        volume: т. | тт. | том | тома
        book: кн. | кн. | книга | книги
        part: ч. | ч. | часть | части
        column: стб. | стб. | столбец | столбцы
        note: прим. | прим. | примечание | примечания | сн.
        figure: рис. | рис. | рисунок | рисунки
        table: табл. | табл. | таблица | таблицы
        article: статья | статьи
        act: д. | д. | акт | действие
        scene: сц. | сц. | сцена | явл. | явление
        issue: № | № | вып. | номер
        appendix: прил. | прил. | приложение
        """,
    "ar": """
        page: ص. | ص. | ص | ص ص | صص. | صفحة | صفحات | الصفحة | الصفحات
        paragraph: فقرة | فقرات | الفقرة | الفقرات | ف.
        chapter: فصل | فصول | الفصل | الفصول
        section: قسم | أقسام | القسم
        line: سطر | أسطر | س. | السطر
        verse: آية | آيات | الآية | بيت
        volume: مج. | مج. | مجلد | المجلد | ج. | جزء | الجزء
        book: كتاب | كتب | الكتاب
        part: باب | أبواب | الباب
        column: عمود | أعمدة | ع.
        note: حاشية | حواش | هامش | هـ.
        figure: شكل | أشكال | الشكل
        table: جدول | جداول | الجدول
        article: مادة | مواد | المادة
        issue: عدد | أعداد | العدد
        """,
    "he": """
        page: עמ' | עמ' | עמוד | עמודים
        paragraph: פס' | פס' | פסקה | פסקאות
        chapter: פרק | פרקים | פ'
        section: סעיף | סעיפים | ס'
        line: שורה | שורות | ש'
        verse: פסוק | פסוקים
        volume: כרך | כרכים | כר'
        book: ספר | ספרים
        part: חלק | חלקים | ח'
        column: טור | טורים
        note: הערה | הערות | הע'
        figure: איור | איורים
        table: טבלה | טבלאות
        act: מערכה | מערכות
        scene: תמונה | תמונות
        issue: גיליון | גיליונות | גיל'
        appendix: נספח | נספחים
        """,
    "zh": """
        page: 第{}页 | 第{}页 | {}页 | 第{}頁 | {}頁 | 页 | 頁
        paragraph: 第{}段 | 第{}段 | {}段 | 段
        chapter: 第{}章 | 第{}章 | {}章 | 章
        section: 第{}节 | 第{}节 | 第{}節 | {}节 | {}節 | 节
        line: 第{}行 | 第{}行 | {}行 | 行
        verse: 第{}句 | 第{}句 | 句
        volume: 第{}卷 | 第{}卷 | 第{}册 | {}卷 | 卷
        book: 第{}编 | 第{}编 | 第{}編 | 编
        part: 第{}部 | 第{}部 | 第{}部分 | 部分
        column: 第{}栏 | 第{}栏 | 第{}欄 | 栏
        note: 注{} | 注{} | 註{} | 注 | 註
        figure: 图{} | 图{} | 圖{} | 图
        table: 表{} | 表{} | 表
        article: 第{}条 | 第{}条 | 第{}條 | 条
        act: 第{}幕 | 第{}幕 | 幕
        scene: 第{}场 | 第{}场 | 第{}場 | 场
        issue: 第{}期 | 第{}期 | 期 | 期号
        """,
}
_AS_TYPED = frozenset({"§", "§§", "¶", "¶¶", "fol.", "fols.", "folio", "folios", "f.", "ff.", "bl."})
_NUMERAL = r"(?:[A-Za-z]{0,2}\d+(?:\.\d+)*[^\W\d_]{0,2}|[ivxlcdm]+|[IVXLCDM]+|[^\W\d_]|[零〇一二三四五六七八九十百千]+)"
_HYPHEN = r"\s*(?:-{1,3}|[\u2010-\u2015\u2212])\s*"
_place = re.compile(rf"(?!(?:at|a)\b){_NUMERAL}(?:{_HYPHEN}{_NUMERAL})*(?![^\W_])")
_time = re.compile(r"\d+(?::\d\d)+")
_range = re.compile(rf"(?<=[^\W_]){_HYPHEN}(?={_NUMERAL}(?![^\W_]))")
_separator = re.compile(r"\s*[,，،、]\s*")
_number = re.compile(r"\d+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class Part(NamedTuple):
    """One label with its place. ``label`` is the CSL term (``page``); empty where ``place`` is the words as typed."""

    label: str
    place: str


class Locator(NamedTuple):
    """Parts in the order typed."""

    parts: tuple[Part, ...]

    def place(self, label: str) -> str:
        """The place under a CSL term, ``"3–4"``; empty if the locator has none."""
        return next((part.place for part in self.parts if part.label == label), "")


class Unusable(NamedTuple):
    """A locator that cannot be used: it is empty, or ``label`` has no place after it."""

    label: str = ""


def labels(language: str = "en") -> Mapping[str, str]:
    """What may be typed, in English and in ``language`` (a BCP 47 tag), in lower case: form -> CSL term."""
    return _labels(_base(language))


def parse(text: str, labels: Mapping[str, str]) -> Locator | Unusable:
    """Read a locator; ``labels`` as :func:`labels` gives them."""
    parts: list[Part] = []
    for piece in _separator.split(text.strip()):
        if not piece:
            continue
        part = _part(" ".join(piece.split()), labels)
        if isinstance(part, Unusable):
            return part
        if not part.label and parts and parts[-1].label and _place.fullmatch(piece):
            parts[-1] = Part(parts[-1].label, f"{parts[-1].place}, {_dashed(piece)}")
        else:
            parts.append(part)
    return Locator(tuple(parts)) if parts else Unusable()


def format(locator: Locator, language: str = "en") -> str:  # noqa: A001
    """Write a locator with the labels of ``language``."""
    return ", ".join(_written(part, _forms(_base(language))) for part in locator.parts)


def sort_key(locator: Locator) -> tuple[tuple[int, int, str], ...]:
    """Orders locators as a reader would: numbers by value, roman ones (front matter) before the others."""
    key: list[tuple[int, int, str]] = []
    for part in locator.parts:
        for word in re.findall(r"\d+|[^\W\d_]+", part.place.replace(", ", "–")):
            if word.isdecimal():
                key.append((1, int(word), ""))
            elif part.label and (value := roman(word)):
                key.append((0, value, ""))
            else:
                key.append((2, 0, word.casefold()))
    return tuple(key)


def roman(word: str) -> int:
    """The value of a roman numeral in either case, 0 if it is none."""
    values = [_ROMAN.get(char, 0) for char in word.lower()]
    if not values or 0 in values:
        return 0
    return sum(-value if value < later else value for value, later in zip(values, [*values[1:], 0], strict=True))


def _part(piece: str, labels: Mapping[str, str]) -> Part | Unusable:
    low = _plain(piece)
    if low in labels or low.rstrip(".") in labels or low in _AS_TYPED:
        return Unusable(piece)
    begins = {low[:1], "{"}
    for form, term in labels.items():
        if form[0] not in begins:
            continue
        before, _, after = form.partition("{}") if "{}" in form else (form, "", "")
        place = piece[len(before) : len(piece) - len(after)].strip()
        if not (low.startswith(before) and low.endswith(after) and place):
            continue
        if before and before[-1].isalpha() and low[len(before)].isalpha() and before.isascii():
            continue
        if _place.fullmatch(place) or (term == "timestamp" and _time.fullmatch(place)):
            return Part(term, _dashed(place))
    return Part("", _dashed(piece) if _place.fullmatch(piece) else piece)


def _dashed(place: str) -> str:
    return _range.sub("–", place)


def _plain(text: str) -> str:
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).replace("’", "'").replace("׳", "'")


def _written(part: Part, forms: Mapping[str, tuple[str, str]]) -> str:
    if not part.label:
        return part.place
    several = "–" in part.place or "," in part.place
    form = forms[part.label][several]
    return form.replace("{}", part.place) if "{}" in form else f"{form} {part.place}"


def _base(language: str) -> str:
    base = re.split("[-_]", language.casefold())[0]
    return base if base in _TABLES else "en"


@cache
def _table(base: str) -> Mapping[str, tuple[str, ...]]:
    rows = (line.strip().partition(": ") for line in _TABLES[base].strip().splitlines())
    return {term: tuple(form.strip() for form in forms.split("|")) for term, _, forms in rows}


@cache
def _forms(base: str) -> Mapping[str, tuple[str, str]]:
    return {term: (forms[0], forms[1]) for term, forms in {**_table("en"), **_table(base)}.items()}


@cache
def _labels(base: str) -> Mapping[str, str]:
    """The document's own language wins over English; longer forms are tried first, dots may be left out."""
    found: dict[str, str] = {}
    for language in ("en", base):
        for term, forms in _table(language).items():
            for form in forms:
                found[_plain(form)] = term
                if len(form) > len("p.") or not form.endswith("."):
                    found.setdefault(_plain(form.rstrip(".")), term)
                elif form in {"p.", "S.", "с.", "ص."}:
                    found[_plain(form[0])] = term
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: -len(item[0]))))
