"""The language of a text: by its script, else by its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SCRIPTS = {
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
_COMMON = {
    "en": "the of and to in that is was for with as on by at from it his which this be are not have has were their",
    "de": (
        "der die das und ist nicht ein eine von mit zu den des im auf für sich dem auch es wird als werden sind haben"
    ),
    "fr": "le la les des et est une un du dans que qui pour pas sur au par plus ce il sont avec ne cette nous",
    "es": "el la los las de y que en un una por con para no es se del al su como más lo pero sus este",
    "it": "il la di che e un una per non sono con del della dei nel alla gli le si come anche più ma questo",
    "pt": "o a os as de que e do da em um uma para com não por mais dos das no na se como mas ao",
    "nl": "de het een en van is niet dat op te in zijn voor met die aan er om ook als bij door maar",
    "sv": "och att det som en är på av för med den inte till ett har de om han var men",
    "pl": "i w na z się nie do to że jest o jak za od po przez ale co tym już",
    "tr": "ve bir bu da de için ile olarak olan gibi daha çok kadar ne ama sonra ki",
}
_CYRILLIC = {
    "ru": "и в не на что с он как его но это по из у за от так же для",
    "uk": "і в на що не з до та як є це від у за про для його",
    "bg": "на и да се за от в че с е не са по като",
}
_ARABIC = {
    "ar": "في من على إلى أن عن مع هذا التي الذي ما لا كان هو",
    "fa": "در از به که این را با است برای آن می های",
    "ur": "کے کی میں ہے اور کا سے کو نے پر",
}


def detect_language(text: str) -> tuple[str, bool]:
    """Return the language of ``text`` as a BCP 47 subtag (empty if unknown), and whether that is sure."""
    sample = text[:60_000]
    letters = [char for char in sample if char.isalpha()][::7][:3000] or [char for char in sample if char.isalpha()]
    if not letters:
        return "", False
    scripts = Counter(unicodedata.name(char, "?").split(" ")[0] for char in letters)
    script, count = scripts.most_common(1)[0]
    if script == "CJK" and scripts.get("HIRAGANA", 0) + scripts.get("KATAKANA", 0) > count * 0.1:
        return "ja", True
    sure = count > len(letters) * 0.6
    if script == "CJK":
        return "zh", sure
    if script in _SCRIPTS:
        return _SCRIPTS[script], sure
    tables = {"LATIN": _COMMON, "CYRILLIC": _CYRILLIC, "ARABIC": _ARABIC}.get(script)
    return _by_words(sample, tables) if tables else ("", False)


def _by_words(sample: str, tables: dict[str, str]) -> tuple[str, bool]:
    words = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    total = sum(words.values()) or 1
    scores = sorted(
        ((sum(words[word] for word in common.split()) / total, language) for language, common in tables.items()),
        reverse=True,
    )
    best, second = scores[0], scores[1]
    return (best[1], best[0] > 0.12 and best[0] > second[0] * 1.3) if best[0] > 0.04 else ("", False)
