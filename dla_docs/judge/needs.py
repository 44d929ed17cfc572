"""What a point must hold besides its words: a date, a name of the dossier, an amount, an address.

Each need is answered by what shows it, in the words of the document; empty where nothing does.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from dla_docs.judge.dated import DAY, MONTHS, written_on
from dla_docs.judge.expected import Expected, spaced, whole
from dla_docs.judge.passages import Passage
from dla_docs.model.words import folded

WHEN = re.compile(
    rf"{DAY.pattern}|\b(?:\d{{1,2}}(?:er)? )?(?:{MONTHS})\b|\bsemaines? (?:n° ?)?\d{{1,2}}\b|"
    r"\b(?:0?[1-9]|[12]\d|3[01])/(?:0[1-9]|1[0-2])\b|\bs\d{1,2}\b|\bt[1-4] \d{4}\b|"
    r"\b(?:[1-4](?:er|e|eme)|\w+) trimestre\b|"
    r"\b(?:debut|mi|fin|courant|printemps|ete|automne|hiver|rentree)[ -]+\d{4}\b|\bmois \d\b"
)
"""A moment, as a calendar says it."""
COUNTS = (
    "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
).split("|")
"""Small numbers as letters write them; « un » and « une » are both one."""
_IN_LETTERS = rf"(?:{'|'.join(COUNTS)}|(?:dix|vingt|trente)(?:-\w+)?)"
DAYS = re.compile(
    rf"\b(\d{{1,3}}(?:[.,]\d{{1,2}})?|{_IN_LETTERS}) ?(?:jours?|journees?|j\b|j/h|jh\b)"
)
AMOUNT = re.compile(r"\d[\d ., ]{0,20} ?(?:€|euros?\b|eur\b)|(?:€|eur) ?\d", re.I)
_PHONE = re.compile(r"(?<!\d)(?:0|\+33 ?\(?0?\)?)[ .-]?[1-9](?:[ .-]?\d\d){4}(?!\d)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]+)+")
_ADDRESS = re.compile(
    r"\b\d{5}\s+[a-z]|\b\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|av\.|boulevard|bd|chemin|place|"
    r"cours|impasse|route|quai|allee|traverse|montee|square)\b"
)
_CONTACT = re.compile(
    r"\b(?:contact|interlocut\w+|correspondant\w*|referente?|votre conseil|affaire suivie par|"
    r"dossier suivi par|redige par|presentee? par)\b"
)
_AGED = r"(?:[2-7]\d|(?:vingt|trente|quarante|cinquante|soixante)(?:[- ]\w+){0,2})"
_AGE = re.compile(
    rf"\bage\b\W{{0,3}}\d\d\b|\bagee? de {_AGED} ans\b|\bnee? (?:le|en)\b.{{0,20}}\d{{4}}"
    # « Marc Nom, 52 ans, indépendant » : neither « 23 ans d’expérience » nor « 23 ans, dont 8 ».
    rf"|(?:^|[,(] ){_AGED} ans(?=[,).;]|$)(?!, (?:dont|de|d'|a |au|comme|en tant|en |aupres))"
)
_SENIORITY = re.compile(
    rf"\b(?:\d{{1,2}}|{_IN_LETTERS}) (?:ans|annees)\b|"
    r"\bdepuis (?:\w+ )?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d ?(?:-|a|/) ?(?:(?:19|20)\d\d|aujourd'hui)\b"
)
MENTION = "accompagnement dla finance par"
"""The mention of a report, folded ([seed 002])."""

Texts = Sequence[Passage]
Need = Callable[[Texts, Expected], str]
"""What shows that some passages hold what is needed, as they say it; empty where none does."""


def _by(pattern: re.Pattern[str], least: int = 1) -> Need:
    def need(texts: Texts, expected: Expected) -> str:
        found = [match[0] for one in texts for match in pattern.finditer(one.plain)]
        return found[0] if len(dict.fromkeys(found)) >= least else ""

    return need


def _name(role: str) -> Need:
    """Whether one of the names of a role is there: all that a role has are ways to say one."""

    def need(texts: Texts, expected: Expected) -> str:
        words = f" {spaced(' '.join(one.plain for one in texts))} "
        names = expected.names.get(role, ())
        return next((name for name in names if f" {spaced(name)} " in words), "")

    return need


def _whole_day(texts: Texts, expected: Expected) -> str:
    told = written_on(texts)
    return told[0].isoformat() if told else ""


def _contact(texts: Texts, expected: Expected) -> str:
    """A person of the prestataire or of the DLA that is known, else a name after « contact »."""
    known = people_in(texts, expected) or people_in(texts, Expected(people=expected.ours))
    if known:
        return known
    for n, one in enumerate(texts):
        told = _CONTACT.search(one.plain)
        if told is None:
            continue
        rest = one.text[told.end() :] or " ".join(below.text for below in texts[n + 1 : n + 2])
        named = re.search(r"\b[A-ZÉÈ][\w’'-]+ (?:de |d’)?[A-ZÉÈ][\w’'-]+", rest)
        if named:
            return named[0]
    return ""


def people_in(texts: Texts, expected: Expected) -> str:
    """The first person of the dossier that some passages name; empty for none.

    By the whole name, in any order; by the last one, after an initial or a title.
    """
    words = f" {spaced(' '.join(one.plain for one in texts))} "
    for first, last in expected.people:
        name, family = spaced(folded(first)), spaced(folded(last))
        forms = [f"{name} {family}", f"{family} {name}"]
        initials = {"".join(part[:1] for part in name.split()), name[:1], spaced_initials(name)}
        titles = ("m", "mme", "mr", "monsieur", "madame", *sorted(initials - {""}))
        forms += [f"{before} {family}" for before in titles]
        if any(f" {form} " in words for form in forms):
            return whole((first, last))
    return ""


def spaced_initials(name: str) -> str:
    """The initials of a first name of several words: « m a » of « marc antoine »."""
    return " ".join(part[:1] for part in name.split())


def _workers(texts: Texts, expected: Expected) -> str:
    """Who did the work: a person that the convention names, else any first and last names."""
    found = people_in(texts, expected)
    if found or expected.people:
        return found
    named = re.compile(r"\b[A-ZÉ][a-zà-ÿ]+(?:-[A-ZÉ][a-zà-ÿ]+)? [A-ZÉ][\wà-ÿ-]{2,}")
    return next((match[0] for one in texts if (match := named.search(one.text))), "")


def _mention(texts: Texts, expected: Expected) -> str:
    words = spaced(" ".join(one.plain for one in texts))
    return MENTION if MENTION in words else ""


NEEDS: Mapping[str, tuple[str, Need]] = {
    "operateur": ("le nom de la structure porteuse du DLA", _name("operateur")),
    "dla": ("le nom du DLA", _name("dla")),
    "structure": ("le nom de la structure, tel que le dossier l’écrit", _name("structure")),
    "jour": ("une date complète", _whole_day),
    "contact": ("le nom d’une personne", _contact),
    "adresse": ("une adresse", _by(_ADDRESS)),
    "telephone": ("un numéro de téléphone", _by(_PHONE)),
    "courriel": ("une adresse électronique", _by(_MAIL)),
    "jours": ("un nombre de jours", _by(DAYS)),
    "dates": ("deux dates au moins", _by(WHEN, 2)),
    "echeances": ("une échéance", _by(WHEN)),
    "montants": ("un montant en euros", _by(AMOUNT)),
    "anciennete": ("un nombre d’années", _by(_SENIORITY)),
    "age": ("un âge", _by(_AGE)),
    "intervenants": ("les noms de l’équipe de la convention", _workers),
    "mention": ("« Accompagnement DLA financé par : »", _mention),
}
"""What each need is called, and what answers it."""


def lacking(names: Sequence[str], texts: Texts, expected: Expected) -> tuple[str, ...]:
    """The needs that some passages do not meet, as they are called."""
    return tuple(NEEDS[name][0] for name in names if not NEEDS[name][1](texts, expected))
