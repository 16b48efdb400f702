"""The words by which an article shows its parts, in the languages that articles come in."""

from __future__ import annotations

import re

_NOTE_HEADINGS = (
    r"(?:end|foot)?\s?-?notes?(?: and references| and sources)?|references?(?: and notes)?|sources?"
    r"|works cited|citations"
    r"|bibliography|(?:author[’']?s |editor[’']?s )?notes?|quellen(?:angaben|verzeichnis)?|anmerkungen|fu(?:ß|ss)noten"
    r"|endnoten|einzelnachweise|literatur|nachweise|belege|références|remarques|notes de bas de page|sources et notes"
    r"|notas?(?: al pie| de rodapé| finales| finais)?|referencias|referências|fuentes|fontes"
    r"|bibliografía|note|riferimenti"
    r"|fonti|noten|voetnoten|bronnen|referenties|примечания|сноски|источники|литература|ссылки"
    r"|примітки|джерела|przypisy"
    r"|źródła|poznámky|fotnoter|noter|källor|kilder|lábjegyzetek|jegyzetek|notlar|dipnotlar|kaynaklar|kaynakça"
    r"|σημειώσεις|παραπομπές|הערות(?: שוליים)?|מקורות|הערות ומקורות|الهوامش|هوامش|المراجع|المصادر|الحواشي"
    r"|注释|註釋|注|脚注"
    r"|参考文献|參考文獻|参考资料|注記|註|각주|참고 문헌|참고문헌|미주"
)
NOTE_HEADING = re.compile(
    rf"^[\s#>*_=-]*(?:{_NOTE_HEADINGS}|f ?o ?o ?t ?n ?o ?t ?e ?s)(?:\s+(?:to|for|zu|du"
    rf"|de)\s.{{1,60}})?\s*[:：.]?[\s#*_=-]*$",
    re.IGNORECASE,
)

BYLINE = re.compile(
    r"^(?:(?:written|posted|story|text|article|words|essay)\s+)?(?:by|von|par|por|di|da|door|av|af"
    r"|автор|авторы|מאת|بقلم|تأليف|作者|著者)\s*[:：]?\s+(?P<name>\S.{1,110})$",
    re.IGNORECASE,
)
LABELLED: dict[str, re.Pattern[str]] = {
    "title": re.compile(r"^(?:title|titel|titre|título|заглавие|название)\s*:\s*(?P<value>.+)$", re.IGNORECASE),
    "author": re.compile(
        r"^(?:authors?|autor(?:in|en|es)?|auteure?s?|autore|автор|author name)\s*:\s*(?P<value>.+)$", re.IGNORECASE
    ),
    "translator": re.compile(
        r"^(?:translators?|translated by|traduit par|traducción(?: de)?|übersetz(?:t von|ung|er|erin)"
        r"|перевод(?:чик)?|translation(?: by)?)\s*:?\s*(?P<value>.+)$",
        re.IGNORECASE,
    ),
    "editor": re.compile(
        r"^(?:editors?|edited by|hrsg\.?|herausgeber(?:in)?|редактор)\s*:?\s*(?P<value>.+)$", re.IGNORECASE
    ),
    "region": re.compile(r"^(?:regions?|region|région|región|регион)\s*:\s*(?P<value>.+)$", re.IGNORECASE),
    "themes": re.compile(
        r"^(?:themes?|topics?|tags?|keywords?|categor(?:y|ies)|in-depth reports?|thema|themen"
        r"|schlagw[oö]rter|kategorien?|thèmes?|temas?|тема|темы|теги|метки)\s*:\s*(?P<value>.+)$",
        re.IGNORECASE,
    ),
    "source_url": re.compile(
        r"^(?:source|quelle|url|permalink|link|origin(?:al)?|fuente|источник)\s*:\s*<?(?P<value>https?://\S+?)>?$",
        re.IGNORECASE,
    ),
    "publication": re.compile(
        r"^(?:publication|published in|publisher|journal|newspaper|erschienen in|paru dans"
        r"|publicado en|source)\s*:\s*(?P<value>(?!https?:).+)$",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"^(?:date|published(?: on)?|posted(?: on)?|datum|veröffentlicht(?: am)?|stand|publié le|fecha"
        r"|data|дата|опубликовано|first published|last updated|decided"
        r"|filed)\s*:?\s+(?P<value>.*\d.*)$",
        re.IGNORECASE,
    ),
    "language": re.compile(r"^(?:language|sprache|langue|idioma|язык)\s*:\s*(?P<value>.+)$", re.IGNORECASE),
}
COPYRIGHT = re.compile(
    r"^(?:copyright\b|©|\(c\)\s+\d{4}|all rights reserved|alle rechte vorbehalten|tous droits réservés)", re.IGNORECASE
)

BACK: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "share",
            (
                r"^(?:note to readers\b|please (?:share|click)|share (?:this|on|via)|forward this"
                r"|follow us|like us|click (?:the )?share|teilen|partager)\b"
            ),
        ),
        (
            "source",
            (
                r"^(?:the original source of this|(?:this (?:article|essay|post|piece|story|text"
                r"|interview)|it) (?:was|is|has been|first|originally)\b.{0,40}(?:publi|appear|post"
                r"|print|adapted)"
                r"|originally (?:published|posted|appeared)|first (?:published|appeared)"
                r"|reprinted (?:from|with)|source\s*:\s*\S|dieser (?:text|artikel|beitrag) (?:erschien"
                r"|ist))"
            ),
        ),
        (
            "copyright",
            (
                r"^(?:copyright\b|©|\(c\)\s*\d{4}|all rights reserved|alle rechte|this work is licensed"
                r"|licen[cs]ed under|creative commons|cc[- ]by)"
            ),
        ),
        (
            "disclaimer",
            (
                r"^(?:disclaimer\b|(?:the )?(?:views|opinions) (?:expressed|contained|in this)"
                r"|.{0,120}contains copyrighted material|haftungsausschluss|fair use)"
            ),
        ),
        (
            "contact",
            (
                r"^(?:for (?:media|press|more) (?:inquiries|enquiries|information)|contact(?: us)?\s*:"
                r"|press contact|e-?mail\s*:|write to us)"
            ),
        ),
        (
            "nav",
            (
                r"^(?:comment on|become a member|articles? by\s*:|return to\b|back to\b|go to (?:top"
                r"|page)|related\b.{0,40}:?$|read (?:more|next|also|the next)\b|more (?:articles|from"
                r"|by|on|about)\b"
                r"|see also\s*:?$|next (?:article|post|chapter|page)|previous (?:article|post|chapter"
                r"|page)|nächste[rs]?$|vorherige|zurück|home\s*[|>»]|subscribe|sign up|newsletter"
                r"|print this|email this"
                r"|leave a (?:comment|reply)|\d+ (?:comments|kommentare)|permalink|filed under"
                r"|posted in|tagged|tags\s*:|global research articles)"
            ),
        ),
        (
            "bio",
            (
                r"^(?:about the author|about .{3,40}$|über den autor|über die autorin|à propos de l[’']aut"
                r"|sobre el autor|об авторе|the (?:author|writer|translator) (?:is|was|teaches|lives"
                r"|works)|contributors?$)"
            ),
        ),
        (
            "credit",
            (
                r"^(?:(?:photos?|images?|pictures?|illustrations?|featured image|cover image|header image"
                r"|bild(?:er)?|foto(?:s)?)\s*(?:courtesy|by|credits?|:|via|©|from\b|source)"
                r"|translated (?:by|from)\b|theme based on)"
            ),
        ),
        ("donate", r"^(?:support (?:us|our|this)|donate|help us|if you (?:enjoyed|liked) this)\b"),
    )
)
SEPARATOR = re.compile(r"^(?:\*+|[*#•·⁂~_=—–-](?:\s*[*#•·⁂~_=—–-])+|⁂|•|###+)$")

INTRODUCING = re.compile(
    r"\b(?:says?|said|saying|stat(?:es?|ed|ing)|reports?|reported|reporting|writes?|wrote|written"
    r"|writing|adds?|added|adding|put(?:s|ting)? it|reads?|explain(?:s|ed|ing)?|declar(?:es|ed|ing)"
    r"|declares?"
    r"|claim(?:s|ed|ing)?|argu(?:es|ed|ing)|argue|observ(?:es|ed|ing)|not(?:es|ed|ing)|remark(?:s|ed)?"
    r"|insist(?:s|ed|ing)?|tells?|told|asks?|asked|warn(?:s|ed|ing)?|replied|replies|respond(?:s|ed)?"
    r"|reciprocated"
    r"|conclud(?:es|ed|ing)|continu(?:es|ed|ing)|elaborat(?:es|ed|ing)|describ(?:es|ed|ing)|quot(?:es"
    r"|ed|ing)|according to|words of|quote|recall(?:s|ed)|announc(?:es|ed)|admit(?:s|ted)|testif(?:ies"
    r"|ied)|mention(?:s|ed)"
    r"|suggest(?:s|ed)|emphasi[sz](?:es|ed)|comment(?:s|ed)|stress(?:es|ed)|point(?:s|ed) out"
    r"|recount(?:s|ed)|confess(?:es|ed)|proclaim(?:s|ed)|held|recogni[sz](?:es|ed)|observed|follows"
    r"|following|below|thus|sings?|sang|sung"
    r"|provid(?:es|ed)|summari[sz](?:es|ed)|defin(?:es|ed)|cit(?:es|ed|ing)|schreibt|schrieb|sagt"
    r"|sagte|erklärt|erklärte|berichtet|meint|meinte|laut|zitiert|heißt es|écrit|dit|déclare|affirme"
    r"|selon|ajoute|explique"
    r"|dice|dijo|escribe|escribió|afirma|según|declaró|scrive|disse|afferma|secondo|пишет|писал|сказал"
    r"|говорит|заявил|отмечает|сообщает|по словам)\b"
    r"|אמר|כתב|לדברי|كتب|قال|يقول|ذكر|写道|說|说|曰",
    re.IGNORECASE,
)

IBID = re.compile(
    r"^\W*(?:ibid(?:em)?|id|op\.? ?cit|loc\.? ?cit|ebd|ebenda|a\.?a\.?o|там же|שם|المرجع نفسه)\b", re.IGNORECASE
)
