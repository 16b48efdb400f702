"""Short texts in eight languages, written for these tests: names, figures, negations, quotation marks, dashes."""

# ruff: noqa: E501

from __future__ import annotations

TEXTS = {
    "en": """The ferry to Orrin Island did not run on the first Monday of March. Captain Ida Marlowe had waited for two hours, and nobody came to the landing. “We never promised a service in such weather,” she told the twelve members of the council — and the minutes say that no one answered her.

In 1874 the town owned three boats; by 1891 it owned only one, and that one was not seaworthy. The well-known engineer Tobias Venn wrote that the harbour cost 1.5 million crowns, a sum which the people of Orrin could hardly imagine. He had not seen the accounts himself, but his brother-in-law kept them.

What happened next is not disputed. The old pier burned in a single night, the archive burned with it, and the letters of Ida Marlowe survived only because a clerk had taken them home. “It isn’t much,” the clerk said, “but it’s everything we have.” Forty-two of these letters can still be read… the others were sold, lost, or given away without a receipt.

Two of the letters speak of the bridge. The first says that a bridge would bring more trade than ten ferries. The second says that a bridge would bring more trouble than ten ferries, and that the island could live without it. Neither was sent to the ministry before the vote of 14 June 1902, and the ministry refused to wait for them.""",
    "de": """Die Fähre zur Insel Aarholm fuhr am ersten Montag im März nicht. Kapitänin Grete Lindqvist hatte zwei Stunden gewartet, und niemand kam zur Anlegestelle. „Wir haben bei solchem Wetter nie einen Dienst versprochen“, sagte sie den zwölf Mitgliedern des Rates – und im Protokoll steht, dass ihr keiner antwortete.

Im Jahr 1874 besaß die Stadt drei Boote; 1891 besaß sie nur noch eines, und dieses war nicht seetüchtig. Der weithin bekannte Ingenieur Tobias Wenn schrieb, der Hafen habe 1,5 Millionen Kronen gekostet, eine Summe, die sich die Leute von Aarholm kaum vorstellen konnten. Die Bücher hatte er nicht selbst gesehen, aber sein Vetter führte sie, Vor- und Nachteile eingeschlossen.

Was danach geschah, ist unbestritten. Der alte Steg brannte in einer einzigen Nacht ab, das Archiv brannte mit ihm, und die Briefe der Kapitänin blieben nur erhalten, weil ein Schreiber sie nach Hause genommen hatte. „Es ist nicht viel“, sagte der Schreiber, „aber es ist alles, was wir haben.“ Zweiundvierzig dieser Briefe kann man heute noch lesen … die anderen wurden verkauft, verloren oder ohne Quittung weggegeben.

Zwei der Briefe sprechen von der Brücke. Der erste sagt, eine Brücke werde mehr Handel bringen als zehn Fähren. Der zweite sagt, eine Brücke werde mehr Ärger bringen als zehn Fähren, und die Insel könne ohne sie leben. Keiner von beiden ging vor der Abstimmung vom 14. Juni 1902 an das Ministerium.""",
    "fr": """Le bac de l’île d’Ormeaux n’a pas circulé le premier lundi de mars. La capitaine Ida Marlier avait attendu deux heures, et personne ne vint au débarcadère. « Nous n’avons jamais promis de service par un temps pareil », dit-elle aux douze membres du conseil — et le procès-verbal note que nul ne lui répondit.

En 1874, la ville possédait trois bateaux ; en 1891, elle n’en possédait plus qu’un, et celui-là ne tenait pas la mer. L’ingénieur Tobie Vennes écrivit que le port avait coûté 1,5 million de couronnes, une somme que les gens d’Ormeaux ne pouvaient guère imaginer. Il n’avait pas vu les comptes lui-même, mais son beau-frère les tenait avec cœur.

La suite n’est pas contestée. Le vieux ponton brûla en une seule nuit, les archives brûlèrent avec lui, et les lettres de la capitaine ne furent sauvées que parce qu’un commis les avait emportées chez lui. « Ce n’est pas grand-chose, dit le commis, mais c’est tout ce que nous avons. » On peut encore lire quarante-deux de ces lettres… les autres furent vendues, perdues ou données sans reçu.

Deux des lettres parlent du pont. La première dit qu’un pont apporterait plus de commerce que dix bacs. La seconde dit qu’un pont apporterait plus d’ennuis que dix bacs, et que l’île pouvait s’en passer. Aucune ne fut envoyée au ministère avant le vote du 14 juin 1902 : était-ce un oubli ?""",
    "es": """El transbordador de la isla de Olmeda no salió el primer lunes de marzo. La capitana Inés Marlo había esperado dos horas, y nadie llegó al embarcadero. «Nunca prometimos un servicio con semejante tiempo», dijo a los doce miembros del consejo —y el acta dice que ninguno le contestó—.

En 1874 la villa tenía tres barcos; en 1891 tenía solo uno, y ese no podía navegar. El conocido ingeniero Tobías Ven escribió que el puerto había costado 1,5 millones de coronas, una suma que la gente de Olmeda apenas podía imaginar. Él no había visto las cuentas, pero su cuñado las llevaba.

Lo que pasó después no se discute. El viejo muelle ardió en una sola noche, el archivo ardió con él, y las cartas de la capitana se salvaron solo porque un escribiente se las había llevado a casa. «No es mucho», dijo el escribiente, «pero es todo lo que tenemos». Todavía se pueden leer cuarenta y dos de esas cartas… las demás fueron vendidas, perdidas o regaladas sin recibo.

Dos de las cartas hablan del puente. La primera dice que un puente traería más comercio que diez transbordadores. La segunda dice que un puente traería más problemas que diez transbordadores, y que la isla podía vivir sin él. Ninguna llegó al ministerio antes de la votación del 14 de junio de 1902. ¿Fue un descuido?""",
    "ru": """Паром на остров Орлец не ходил в первый понедельник марта. Капитан Ида Марлова ждала два часа, и никто не пришёл на пристань. «Мы никогда не обещали рейсов в такую погоду», — сказала она двенадцати членам совета, и в протоколе записано, что ей никто не ответил.

В 1874 году у города было три лодки; в 1891 году осталась только одна, и та не годилась для моря. Известный инженер Товий Веннов писал, что гавань стоила 1,5 миллиона крон — сумму, которую жители Орлеца едва могли себе представить. Сам он счетов не видел, но их вёл его двоюродный брат.

О том, что было дальше, не спорят. Старый причал сгорел за одну ночь, вместе с ним сгорел архив, а письма капитана уцелели лишь потому, что какой-то писарь унёс их домой. «Это не много, — сказал писарь, — но это всё, что у нас есть». Сорок два письма можно прочесть и теперь… остальные были проданы, потеряны или отданы без расписки.

Два письма говорят о мосте. Первое говорит, что мост принесёт больше торговли, чем десять паромов. Второе говорит, что мост принесёт больше хлопот, чем десять паромов, и что остров проживёт без него. Ни одно из них не попало в министерство до голосования 14 июня 1902 года.""",
    "ar": """لم تبحر العبّارة إلى جزيرة الورد في يوم الاثنين الأول من مارس. انتظرت القبطانة ليلى المرسي ساعتين، ولم يأت أحد إلى المرفأ. «لم نعد أحدًا قط برحلة في مثل هذا الطقس»، قالت لأعضاء المجلس الاثني عشر — ويذكر المحضر أن أحدًا لم يجبها.

في عام 1874 كانت المدينة تملك ثلاثة قوارب، وفي عام 1891 لم تكن تملك سوى قارب واحد، وكان ذلك القارب لا يصلح للبحر. كتب المهندس المعروف طوبيا فارس أن الميناء كلف 1.5 مليون كرونة، وهو مبلغ لا يستطيع أهل الجزيرة أن يتخيلوه. لم ير الحسابات بنفسه، لكن صهره كان يمسكها.

ما حدث بعد ذلك ليس موضع خلاف. احترق الرصيف القديم في ليلة واحدة، واحترق الأرشيف معه، ولم تنج رسائل القبطانة إلا لأن كاتبًا كان قد حملها إلى بيته. «ليس هذا كثيرًا»، قال الكاتب، «لكنه كل ما لدينا». يمكن اليوم قراءة اثنتين وأربعين رسالة منها… أما الباقي فقد بيع أو ضاع أو أعطي بلا إيصال.

تتحدث رسالتان عن الجسر. تقول الأولى إن الجسر سيجلب تجارة أكثر من عشر عبّارات. وتقول الثانية إن الجسر سيجلب متاعب أكثر من عشر عبّارات، وإن الجزيرة تستطيع أن تعيش من دونه. ولم تصل أي منهما إلى الوزارة قبل تصويت 14 يونيو 1902.""",
    "he": """המעבורת לאי ארזים לא הפליגה ביום שני הראשון של מרץ. רב־החובלת עידה מרלוב המתינה שעתיים, ואיש לא בא אל הרציף. „מעולם לא הבטחנו הפלגה במזג אוויר כזה”, אמרה לשנים עשר חברי המועצה — ובפרוטוקול כתוב שאף אחד לא השיב לה.

בשנת 1874 היו לעיירה שלוש סירות; בשנת 1891 הייתה לה רק אחת, והיא לא הייתה כשרה לים. המהנדס הנודע טוביה ון כתב שהנמל עלה 1.5 מיליון כתרים, סכום שאנשי ארזים בקושי יכלו לדמיין. הוא עצמו לא ראה את החשבונות, אבל גיסו ניהל אותם בעזרת מזכ״ל העיירה.

על מה שקרה אחר כך אין מחלוקת. המזח הישן נשרף בלילה אחד, הארכיון נשרף איתו, ומכתביה של רב־החובלת ניצלו רק משום שלבלר אחד לקח אותם לביתו. „זה לא הרבה”, אמר הלבלר, „אבל זה כל מה שיש לנו”. ארבעים ושניים מן המכתבים אפשר לקרוא גם היום… האחרים נמכרו, אבדו או ניתנו בלי קבלה.

שניים מן המכתבים מדברים על הגשר. הראשון אומר שגשר יביא יותר מסחר מעשר מעבורות. השני אומר שגשר יביא יותר צרות מעשר מעבורות, ושהאי יכול לחיות בלעדיו. אף לא אחד מהם הגיע אל המשרד לפני ההצבעה של 14 ביוני 1902.""",
    "zh": """三月的第一个星期一，开往橡树岛的渡船没有出航。船长马艾达等了两个小时，没有一个人到码头来。“我们从未答应在这种天气里开船，”她对议会的十二名议员说——会议记录写道，谁也没有回答她。

1874年，镇上有三条船；到了1891年，只剩下一条，而那一条也不能出海。著名的工程师文多比写道，修建港口花了150万克朗，岛上的居民几乎无法想象这笔钱。他本人没有看过账目，不过他的妹夫负责管账。

后来发生的事情并无争议。旧栈桥在一夜之间烧毁了，档案室也随之烧毁，船长的信件得以保存，只因为一名书记员把它们带回了家。“这不算多，”书记员说，“但这是我们的全部。”其中四十二封信今天仍然可以读到……其余的或被卖掉，或已丢失，或在没有收据的情况下送给了别人。

有两封信谈到了大桥。第一封信说，一座桥带来的生意会比十条渡船更多。第二封信说，一座桥带来的麻烦会比十条渡船更多，没有桥岛上的人也能生活。在1902年6月14日投票之前，两封信都没有送到部里。""",
}

NAMES = {
    "en": ("Marlowe", "Venn"),
    "de": ("Lindqvist", "Wenn"),
    "fr": ("Marlier", "Vennes"),
    "es": ("Marlo", "Ven"),
    "ru": ("Марлова", "Веннов"),
    "ar": ("المرسي", "فارس"),
    "he": ("מרלוב", "ון"),
    "zh": ("马艾达", "文多比"),
}

NEGATIONS = {
    "en": ("not ", "never ", "no ", "hardly ", "n’t"),
    "de": ("nicht ", "nie ", "kaum ", "nicht"),
    "fr": ("n’", "ne ", "pas ", "jamais ", "guère "),
    "es": ("no ", "Nunca ", "apenas "),
    "ru": ("не ", "никогда ", "едва "),
    "ar": ("لم ", "لا ", "ليس ", "قط "),
    "he": ("לא ", "מעולם ", "אין "),
    "zh": ("没有", "从未", "不", "无"),
}

INSERTED = {"en": "not", "de": "nicht", "fr": "pas", "es": "no", "ru": "не", "ar": "لا", "he": "לא", "zh": "不"}
