"""Words that turn a sentence round: negations and numbers, in the languages of the interface."""

from __future__ import annotations

import re
from functools import cache

_NEGATIONS = {
    "en": r"not|no|non|never|nor|neither|none|nobody|nothing|nowhere|cannot|cant|dont|without|hardly|"
    r"scarcely|barely|rarely|seldom|unless|except|[a-z]+n't",
    "de": r"nicht|nichts|kein\w*|nie|niemals|niemand\w*|nirgend\w*|weder|ohne|kaum|au(?:ß|ss)er|mitnichten|"
    r"keines\w+|selten",
    "fr": r"ne|n|pas|non|jamais|rien|aucune?s?|nul|nulle|nullement|ni|sans|guère|sauf|point|personne",
    "es": r"no|nunca|jamás|nada|nadie|ningún|ningun[oa]s?|ni|sin|tampoco|apenas|salvo|excepto",
    "ru": r"не|ни|нет|нету|никогда|никто|никого|никому|никем|ничто|ничего|ничему|ничем|нигде|никуда|"
    r"ниоткуда|никак|никак(?:ой|ого|ому|им|ая|ую|ое|ие|их|ими)|нельзя|без|безо|едва|вряд|кроме|отнюдь",
    "ar": r""
    r"[وف]?أ?(?:لا|لم|لن|ليس\w*|لست\w*|لسن\w*|ما|غير\w*|[بل]غير\w*|دون|بدون|بلا|كلا|عدم|[بل]عدم|أبدا|أبدًا|قط|لولا|سوى|إلا)",
    "he": r""
    r"[ושכהמ]{0,3}(?:לא|אל|אין|אינו|אינה|אינם|אינן|איני|אינני|אינך|איננו|איננה|אינכם|בלי|ללא|בלתי|מעולם|כלום|שום|טרם|פרט|אי)",
    "zh": r"不|没|沒|未|无|無|非|莫|勿|别|別|否|毋|弗|甭|休",
}
_NUMBERS = {
    "en": r"zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|half|twice|"
    r"third|quarter|dozens?|first|second|one|once",
    "de": r"null|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w+zehn|\w+zig|drei(?:ß|ss)ig|"
    r"hundert\w*|tausend\w*|million\w*|milliard\w*|halb\w*|hälfte|drittel|viertel|dutzend",
    "fr": r"zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingts?|trente|quarante|cinquante|soixante|cents?|mille|millions?|milliards?|moitié|tiers|quart|"
    r"douzaine",
    "es": r"cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veint\w+|"
    r"treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|\w+cientos|mil|"
    r"mill(?:ón|ones)|mitad|tercio|cuarto|docena",
    "ru": r"ноль|дв[ае]|двух|три|тр[её]х|четыре|четыр[её]х|пят\w{1,3}|шесть|шести|семь|семи|восемь|восьми|"
    r"девять|девяти|десят\w*|\w+надцат[ьи]|\w+дцат[ьи]|сорок\w?|сто|ста|двести|триста|\w+сот|тысяч\w*|"
    r"миллион\w*|миллиард\w*|половин\w*|треть|четверть",
    "ar": r"صفر|اثنان|اثنين|اثنتان|اثنتين|ثلاث\w*|أربع\w*|خمس\w*|ست|ستة|ستون|ستين|سبع\w*|ثماني\w*|ثمانون|"
    r"تسع\w*|عشر\w*|مئة|مائة|مئات|ألف|ألفين|آلاف|مليون\w*|ملايين|مليار\w*|نصف|ثلث|ربع",
    "he": r"אפס|שניים|שתיים|שני|שתי|שלוש\w*|ארבע\w*|חמש\w*|חמיש\w*|שש|שישה|שישים|שבע\w*|שמונ\w*|תשע\w*|"
    r"עשר\w*|מאה|מאתיים|מאות|אלף|אלפיים|אלפים|מיליון|מיליארד|חצי|שליש|רבע",
    "zh": r"[零〇一二两兩三四五六七八九十百千万萬亿億半]+",
}
_DIGITS = r"\d+(?:[.,:/ ']\d+)*(?:\s?[%‰])?|[½¼¾⅓⅔]"


def negations(text: str, language: str = "") -> list[str]:
    """The negations in a text folded at tier 1; without a known language those of all."""
    return _finder("negations", _known(language)).findall(text.casefold())


def numbers(text: str, language: str = "") -> list[str]:
    """The numbers in a text folded at tier 1, in figures and in words."""
    return _finder("numbers", _known(language)).findall(text.casefold())


def _known(language: str) -> str:
    base = re.split("[-_]", language.casefold())[0]
    return base if base in _NEGATIONS else ""


@cache
def _finder(what: str, base: str) -> re.Pattern[str]:
    table = _NEGATIONS if what == "negations" else _NUMBERS
    known = [words for name, words in table.items() if name != "zh" and base in {"", name}]
    spaced = "|".join(known)
    parts = [rf"(?<![^\W_])(?:{spaced})(?![^\W_])"] if spaced else []
    if base in {"", "zh"}:
        parts.append(table["zh"])
    if what == "numbers":
        parts.insert(0, _DIGITS)
    return re.compile("|".join(parts))
