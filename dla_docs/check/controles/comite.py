"""Comité d'appui: who sits in it, that it decides nothing, and what it must not learn."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, french, inside, name_of
from dla_docs.check.ledger import Datum, Relation
from dla_docs.documents.consents import agreed, given_by
from dla_docs.documents.convened import COMITE, COPIL, sits
from dla_docs.model.identity import designates, names, tells
from dla_docs.model.words import around, folded

PLURAL = 2
"""Of members, and of families, below which there is no « divers partenaires » ([seed 000])."""

_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_OTHER = r"(?! (?:de|des|du|d'(?!appui)|directeur|technique|social|syndical))"
"""« Comité de pilotage », « comité directeur »… are others, that may decide."""
_DECIDES = (
    r"(?:valid|approuv|refus|rejet|rejett|decid|autoris|ajourn|tranch|vot|enterin)"
    r"(?:e|es|ent|a|ait|er|era|ee|ees)?\b|accord(?:e|ent|a|era|er)\b|"
    r"accept(?:e|ent|a|era)\b(?! d)|donne (?:son|un) (?:accord|feu vert)"
)
_BETWEEN = rf"(?: (?:d'appui|du|de|la|le|en|l'a|les|lui|\d+(?:er)?|{_MONTHS}|a|ont|\w+ment))*"
"""Only words that leave the comité the subject: « propose que la structure décide » does not."""


_ALSO = r"(?:(?!\bqu(?:e|i)\b|\bqu'|\bpour\b)[^.;:]){0,60}? (?:et|puis)"
"""« Rend un avis réservé et refuse »: a second verb of the same subject."""


def _decision(comite: str) -> re.Pattern[str]:
    """A decision lent to what is so called, in a folded text."""
    other = _OTHER if comite == "comite" else ""
    return re.compile(
        rf"\b{comite}\b{other}(?:{_BETWEEN}|{_ALSO}) (?:{_DECIDES})"
        rf"|\b(?:{_DECIDES})[^.]{{0,20}}? (?:par|en) (?:le )?{comite}\b{other}"
        rf"|\b(?:l'a|l'ont|que) (?:{_DECIDES}) le {comite}\b{other}"
        rf"|\b(?:decisions?|accord|veto) (?:du|d'un|de ce) {comite}\b{other}"
    )


HERE, ELSEWHERE = _decision("comite"), _decision("comite d'appui")
"""In the file of a comité, the word alone means it; in others, only its whole name does."""

_SETTLED = re.compile(
    r"\b(?:dossier|demande|financement|ingenierie|mission)s? (?:est |sont |a ete )?"
    r"(?:valid|approuv|accord|refus|rejet|accept|ajourn|autoris)ee?s?\b(?! par (?!le comite))"
    r"|\bdecision (?:favorable|defavorable|: )"
    r"|\b(?:dossier|ingenierie|mission)s? (?:est |sera |a ete )?financee?s? a (?:hauteur|\d)"
    r"(?![^.;]* par (?!le comite))"
)
"""What a comité notes so, without a subject, it has decided."""

_END = (
    r"(?= ?(?:[.,;:!]|$)| a l'(?:unanimite|essai|etude)| a la majorite"
    r"| sous (?:reserve|condition)| sans\b| avec\b)"
)
_OTHERS = r"(?! d(?:e|es|u)\b(?! comite)| d'(?!appui)| ou\b)"
"""« Feu vert de la commune » is somebody else's; « favorable ou non ? » is a question."""
_VERDICT = re.compile(
    r"(?:^|[.;:!] ?|(?<=, )(?=avis|feu))(?:[-*•] ?)?(?:"
    rf"avis (?:tres |plutot )?(?:de)?favorable\b{_OTHERS}"
    rf"|(?:tres )?(?:de)?favorable\b{_OTHERS}(?! aux\b)"
    rf"|feu vert\b{_OTHERS}|ok pour\b|unanimite\b{_OTHERS}"
    rf"|(?:accorde|valide|approuve|refuse|rejete|accepte|ajourne|autorise)e?s?{_END}"
    r"|retenue?s?(?= ?(?:[.!]|$))"
    rf"|(?:accord|refus|rejet|ajournement)(?: de principe| unanime)?{_END}"
    rf"|(?:le |la )?(?:dossier|demande)s? (?:est |a ete )?retenue?s?\b(?! par (?!le comite))"
    # After the verdict, not before it: else each « : » of a text would have it read to its end.
    r")(?![^.;!]{0,300}\?)"
)
"""A verdict that begins a sentence and is nobody's, in the file of a comité: it is the comité's."""
_PARAGRAPHS = re.compile(r"\n\s*(?:\n|[-*•]\s)")
"""Where a text begins anew; a line that is only wrapped does not."""

_DENIED = re.compile(r"\b(?:pas|non|ni|sans|aucune?)\b[^.]{0,20}$")


@rule("R-COM-04")
def partners_are_several(facts: Facts) -> Iterator[Relation]:
    """Partners of several families sit in a comité that has met ([seed 000])."""
    members, met = facts.at("comite.membres"), facts.value("comite.date", "9999")
    # Before the day, the list is that of those who have answered.
    if not members or not members.value or met > facts.day.isoformat():
        return
    bodies = {folded(str(m.get("organisme", ""))) for m in members.value}
    families = {str(m.get("famille", "")) for m in members.value}
    lone = "un seul membre" if len(bodies) < PLURAL else "une seule famille de partenaires"
    yield Relation(
        (members,),
        min(len(bodies), len(families)) >= PLURAL,
        f"le comité ne réunit qu’{lone}",
        "notez tous les membres présents, ou réunissez le comité avec d’autres partenaires",
    )


@rule("R-COM-05")
def no_decision_in_prose(facts: Facts) -> Iterator[Relation]:
    """The comité is consultative, in what is written of it too ([seed 000])."""
    for kind in ("comite", "accueil", "diagnostic", "parcours", "suivi"):
        pattern = HERE if kind == "comite" else ELSEWHERE
        for text in facts.words(kind) if facts.holds(kind) else ():
            # The name of a member is no sentence.
            if text.pointer[:1] != ("membres",) and lends_decision(text.value, pattern):
                yield fault(
                    text,
                    "ce texte prête une décision au comité d’appui, qui est consultatif",
                    "écrivez ce que le comité apporte ou recommande ; ce qui est décidé l’est par "
                    "la structure et le DLA",
                )


def lends_decision(text: str, pattern: re.Pattern[str] = HERE) -> bool:
    """Whether a text says that the comité decides, other than to deny it."""
    plain = folded(text)
    told = [*pattern.finditer(plain), *(_SETTLED.finditer(plain) if pattern is HERE else ())]
    alone = pattern is HERE and any(
        _VERDICT.search(folded(part)) for part in _PARAGRAPHS.split(text)
    )
    return alone or any(not _DENIED.search(around(plain, found)[0]) for found in told)


@rule("R-COM-06")
def anonymous_is_not_named(facts: Facts) -> Iterator[Relation]:
    """Nothing that a comité reads names who is shown without a name ([seed 003], [seed 004])."""
    texts = list(facts.words("comite")) if facts.holds("comite") else []
    for entry, dossier in facts.presented():
        if entry.value.get("presentation") != "anonyme":
            continue
        structures = _structures(dossier)
        for text in texts:
            # A member may be somebody of that structure: it sits there, it is not shown.
            if text.pointer[:1] != ("membres",) and (told := _named(text.value, structures)):
                message = f"ce texte nomme « {told} », présentée sans nom au comité"
                yield fault(text, message, HINT, inside(entry, "presentation"))
        yield from _synthesis(facts, entry, dossier, structures)


@rule("R-COM-07")
def anonymous_is_not_placed(facts: Facts) -> Iterator[Relation]:
    """Where a structure is tells who it is, in a place where few work in its trade ([inferred])."""
    texts = list(facts.words("comite")) if facts.holds("comite") else []
    for entry, dossier in facts.presented():
        if entry.value.get("presentation") != "anonyme":
            continue
        towns = {(s.get("adresse") or {}).get("commune") for s in _structures(dossier)} - {None}
        for text in texts:
            told = next((t for t in towns if designates(text.value, {"denomination": t})), "")
            if told and text.pointer[:2] == entry.pointer:
                message = f"ce texte donne la commune ({told}) de la structure présentée sans nom"
                yield fault(text, message, HINT, inside(entry, "presentation"))


@rule("R-COM-12")
def anonymous_has_words_of_its_own(facts: Facts) -> Iterator[Relation]:
    """The diagnostic is shown under the name one day: a sentence of it gives the name ([inferred]).

    The same members read both sheets.
    """
    for entry, dossier in facts.presented():
        if entry.value.get("presentation") != "anonyme":
            continue
        known = [folded(text.value) for text in dossier.words("diagnostic")]
        for key in ("situation", "question", "point_suivi"):
            text = inside(entry, key)
            for sentence in _SENTENCES.split(str(text.value or "")):
                if len(sentence.split()) >= OWN_WORDS and any(folded(sentence) in k for k in known):
                    yield fault(
                        text,
                        "ce texte de la présentation anonyme est mot pour mot dans le diagnostic : "
                        "le jour où celui-ci sera montré sous le nom de la structure, le comité la "
                        "reconnaîtra",
                        "écrivez-le avec d’autres mots, sans nombre ni détail qui la désigne",
                        inside(entry, "presentation"),
                    )
                    break


@rule("R-COM-08")
def named_after_its_day(facts: Facts) -> Iterator[Relation]:
    """A comité is looked for by its day: the name of its file is that of the meeting."""
    met = facts.at("comite.date") if facts.holds("comite") else None
    if met and met.value:
        name = name_of(met.source)
        yield Relation(
            (met,),
            name.startswith(met.value),
            f"le comité du {french(met.value)} est dans un fichier nommé {name}.yaml",
            f"renommez-le {met.value}.yaml, ou corrigez la date",
        )


@rule("R-COM-10")
def convened_members_sit(facts: Facts) -> Iterator[Relation]:
    """Who a convocation names has a term in that instance on its day ([inferred])."""
    directory = {m.value.get("id"): m for m in facts.data("territoire.annuaire[]")}
    if facts.holds("comite"):
        meetings, instance = list(facts.data("comite")), COMITE
    else:
        meetings, instance = list(facts.data("territoire.periodes[].copil")), COPIL
    for meeting in meetings:
        day = str(meeting.value.get("date", ""))
        named = inside(meeting, "convocation", "membres")
        for rank, name in enumerate(named.value or () if day else ()):
            if member := directory.get(name):
                yield Relation(
                    (inside(named, rank), inside(member, "mandats")),
                    sits(member.value, instance, day),
                    f"« {name} » est convoqué, et n’a pas de mandat en cours le {french(day)}",
                    "retirez ce membre de la convocation, ou corrigez son mandat dans l’annuaire",
                )


HINT = "retirez ce qui la fait reconnaître, ou présentez-la sous son nom, avec son accord"


def _synthesis(
    facts: Facts, entry: Datum, dossier: Facts, structures: list[Mapping[str, Any]]
) -> Iterator[Relation]:
    """The synthesis that the comité is given, where the structure opened it."""
    head = dossier.value("dossier", {})
    given = given_by(head, facts.value("comite.date", ""))
    if not agreed(head, "diagnostic.synthese", frozenset({"comite"}), given):
        return
    for text in dossier.words("diagnostic", "synthese"):
        if told := _named(text.value, structures):
            yield fault(
                inside(entry, "presentation"),
                f"la présentation est anonyme, mais la synthèse du diagnostic nomme « {told} »",
                f"retirez ce nom de « synthese » dans {text.source.path}, ou présentez la "
                "structure sous son nom, avec son accord",
                text,
            )


def _structures(dossier: Facts) -> list[Mapping[str, Any]]:
    named = dossier.data("dossier.structures[]")
    return [record for name in named if (record := dossier.record("structures", name.value))]


def _named(text: str, structures: list[Mapping[str, Any]]) -> str:
    """What names one of some structures in a text, itself or somebody who leads it; else empty."""
    for structure in structures:
        if designates(text, structure):
            return str(structure.get("denomination"))
        for leader in structure.get("dirigeants") or []:
            # Alone in its field, a full name is no sentence.
            if tells(text, leader) or (len(text) < ALONE and names(text, leader)):
                return f"{leader.get('prenom')} {leader.get('nom')}"
    return ""


OWN_WORDS = 6
"""Words of the shortest sentence that is recognised: a shorter one may be anybody's."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n\s*\n")

ALONE = 40
"""Letters below which a text may be a name and nothing else."""
