"""Coordination: the order of an ingénierie, who answers it, and what they answer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from dla_docs.check.controles.registry import rule
from dla_docs.check.copied import UNREAD, copied, received_lines
from dla_docs.check.facts import (
    Facts,
    beside,
    fault,
    french,
    full_name,
    inside,
    name_of,
)
from dla_docs.check.ledger import Datum, Relation
from dla_docs.load.yaml_reader import Source
from dla_docs.model.paths import at
from dla_docs.model.schemas import field_at, fields
from dla_docs.model.words import enumeration, plural, within


@rule("R-CDC-03")
def carries_out_an_action(facts: Facts) -> Iterator[Relation]:
    """An ingénierie carries out an action of the parcours ([seed 002])."""
    action = facts.at("ingenierie.action")
    # A file that documents need is told once (S-FICHIER).
    if not action or not facts.holds("ingenierie"):
        return
    actions = list(facts.data("parcours.actions[]"))
    known = [a.value["id"] for a in actions if _is_mission(a.value)]
    listed = ", ".join(known)
    if facts.file("parcours") is None:
        message = "l’ingénierie ne peut se rattacher à un parcours : parcours.yaml n’existe pas"
        hint = "créez parcours.yaml, avec une action de nature « ingenierie »"
        rests = [facts.absent_file("parcours", "ingenierie")]
    else:
        message = f"« {action.value} » n’est pas une action d’ingénierie du parcours"
        hint = f"actions d’ingénierie du parcours : {listed or 'aucune'}"
        rests = [inside(a, key) for a in actions for key in ("id", "nature")]
        rests += facts.each("parcours.actions")
        if action.value is None:
            message = "l’ingénierie n’est rattachée à aucune action du parcours"
            hint = f"écrivez « action: », actions d’ingénierie du parcours : {listed}"
    yield Relation((action,), action.value in known, message, hint, tuple(rests))


def _is_mission(action: Any) -> bool:
    return bool(action.get("nature") == "ingenierie" and "id" in action)


@rule("R-CON-04")
def late_answers_are_told(facts: Facts) -> Iterator[Relation]:
    """A late answer is out of the ranking, unless it is said why not ([seed 002])."""
    common = facts.at("cahier-des-charges.reponse.date_limite")
    for came in facts.data("consultation.destinataires[].date_reponse"):
        own, answer = beside(came, "date_limite"), beside(came, "reponse")
        due = own if own.value else common
        if answer.value == "proposition" and due and due.value:
            yield Relation(
                (due, came, answer),
                came.value <= due.value,
                f"la proposition est arrivée le {french(came.value)}, après la date limite "
                f"({french(due.value)})",
                "écrivez « hors_delai » ; pour la classer tout de même, motivez-le dans "
                "choix.yaml (hors_delai_admis)",
                instead=((due, *_EARLY), (came, *_LATE)),
            )


_EARLY = (
    "la date limite de réponse vient avant des réponses notées comme reçues à temps",
    "corrigez la date limite, ou écrivez « hors_delai » à ces réponses",
)
_LATE = (
    "cette réponse est notée comme reçue à temps, sa date vient après la date limite",
    "corrigez la date de la réponse, ou écrivez « hors_delai »",
)


@rule("R-CON-04")
def late_answers_are_not_ranked(facts: Facts) -> Iterator[Relation]:
    """A late answer that is ranked all the same is explained ([seed 002], [inferred])."""
    late = {name for name, answer in _answers(facts) if answer == "hors_delai"}
    admitted = list(facts.each("choix.hors_delai_admis[].prestataire"))
    for ranked in facts.data("choix.evaluations[].prestataire"):
        if ranked.value in late - {datum.value for datum in admitted}:
            yield fault(
                ranked,
                "une proposition reçue hors délai est classée sans que ce soit motivé",
                "retirez ses notes, ou motivez-le dans « hors_delai_admis »",
                *admitted,
            )


def _answers(facts: Facts) -> Iterator[tuple[str, str]]:
    """Who was asked, and what kind of answer came."""
    for name in facts.data("consultation.destinataires[].prestataire"):
        yield name.value, beside(name, "reponse").value


def admissible(facts: Facts) -> set[str]:
    """The propositions that came in time, or were admitted late."""
    late = {name for name, answer in _answers(facts) if answer == "hors_delai"}
    admitted = {d.value for d in facts.data("choix.hors_delai_admis[].prestataire")}
    return set(facts.series("proposition")) - (late - admitted)


@rule("R-PRO-01")
def cover_of_a_proposition(facts: Facts) -> Iterator[Relation]:
    """The six elements of the cover ([seed 002])."""
    yield from _absent_points(facts, "garde")


@rule("R-PRO-02")
def contents_of_a_proposition(facts: Facts) -> Iterator[Relation]:
    """The order recalled and how the work is done ([seed 002])."""
    yield from _absent_points(facts, "rappel")
    yield from _absent_points(facts, "modalites")


def _absent_points(facts: Facts, block: str) -> Iterator[Relation]:
    """The points of a block looked for in vain in a proposition that stands, or may still."""
    # A schema of the workspace may have left points out.
    points = field_at(facts.corpus.kinds["proposition"].schema, ("points", block))
    for source in standing(facts):
        found = Datum(source, ("points", block), _noted(source).get(block))
        absent = {
            key: within(str(point.get("title", key)))
            for key, point in fields(points)
            if (at(found.value, (key, "etat"))) == "absent"
        }
        if absent:
            only = next(iter(absent)) if len(absent) == 1 else ""
            yield fault(
                inside(found, only, "etat") if only else found,
                f"{points['title']}, il manque : {', '.join(absent.values())}",
                "demandez un complément au prestataire, ou écartez la proposition",
            )


@rule("R-PRO-06")
def retained_was_read(facts: Facts) -> Iterator[Relation]:
    """Every point of the proposition retained was looked at ([seed 002])."""
    for retained in facts.data("choix.retenu"):
        yield from _unread(facts, retained, "la proposition retenue")


@rule("R-PRO-07")
def noted_was_read(facts: Facts) -> Iterator[Relation]:
    """So was that of every proposition that is noted."""
    noted = {datum.value: datum for datum in facts.data("choix.evaluations[].prestataire")}
    noted.pop(facts.value("choix.retenu"), None)
    for ranked in noted.values():
        yield from _unread(facts, ranked, "cette proposition, pourtant notée,")


@rule("R-PRO-09")
def received_is_read(facts: Facts) -> Iterator[Relation]:
    """Every point of a proposition received is looked for in it, before it is noted.

    A reading that has begun may last until the deadline.
    """
    if any(facts.data("choix.evaluations[]")):
        return
    due = facts.value("cahier-des-charges.reponse.date_limite")
    for source in facts.series("proposition").values():
        begun = bool(_noted(source))
        if not begun or not due or facts.day.isoformat() > due:
            for left in _left_to_read(facts, source, "la proposition reçue"):
                yield replace(left, late=begun)


def _unread(facts: Facts, named: Datum, what: str) -> Iterator[Relation]:
    source = facts.series("proposition").get(named.value)
    if source:
        yield from _left_to_read(facts, source, what, named)


def _left_to_read(facts: Facts, source: Source, what: str, *rests: Datum) -> Iterator[Relation]:
    """What nobody looked for yet in a proposition, once. An age is not asked for (R-CNF-05)."""
    noted, schema = _noted(source), facts.corpus.kinds["proposition"].schema
    unread = [
        (block, key, within(str(point.get("title", key))))
        for block, inner in fields(field_at(schema, ("points",)))
        for key, point in fields(inner)
        if key != "age" and (at(noted, (block, key, "etat")) or TO_READ) == TO_READ
    ]
    if not unread:
        return
    names = enumeration(title for _, _, title in unread) if len(unread) <= NAMED else ""
    told = plural(
        len(unread),
        f"un point de {what} reste « à vérifier »",
        f"{len(unread)} points de {what} restent « à vérifier »",
    )
    points = Datum(source, ("points",), noted)
    steps = (*unread[0][:2], "etat") if len(unread) == 1 else ()
    hint = "lisez la proposition et notez chaque point : « present » avec sa page, ou « absent »"
    yield fault(inside(points, *steps), f"{told} : {names}" if names else told, hint, *rests)


TO_READ = "a_verifier"
"""The state of a point that was not looked for; that of one of which nothing is noted."""
NAMED = 6
"""Points named one by one at most: a line; beyond, the control of the proposition lists them."""


def _noted(source: Source) -> Mapping[str, Any]:
    """What was noted of the points of a proposition, by block."""
    return _mapping(source).get("points") or {}


def standing(facts: Facts) -> Iterator[Source]:
    """The propositions that the choice, once made, has not set aside."""
    ranked = {datum.value for datum in facts.data("choix.evaluations[].prestataire")}
    for name, source in facts.series("proposition").items():
        if not ranked or name in ranked:
            yield source


def _mapping(source: Source) -> Any:
    return source.data if isinstance(source.data, dict) else {}


@rule("R-PRO-03")
def order_is_not_copied(facts: Facts) -> Iterator[Relation]:
    """The order is recalled in the prestataire's own words ([seed 002])."""
    limits = facts.parameter("copie_mots_suivis"), facts.parameter("copie_pourcentage")
    noted = any(facts.data("choix.evaluations[]"))
    for source in facts.series("proposition").values():
        found = (one for one in copied(facts, source) if one.excessive(*limits))
        why = "" if _mapping(source).get("rappel") else received_lines(facts, source)[1]
        # One that nothing reads is compared by who reads it, before it is noted.
        if why and not (why == UNREAD and noted):
            yield fault(
                Datum(source, ("fichier",), source.data["fichier"]),
                f"le fichier reçu n’est pas comparé au cahier des charges : {why}",
                "redemandez-le en DOCX, ou copiez son rappel de la commande sous « rappel »",
            )
        # What is copied twice is told where it is first.
        for one in islice(found, 1):
            where = "le rappel de la commande"
            if one.place.pointer == ("fichier",):
                where = "le fichier reçu" if one.entier else f"{where}, dans le fichier reçu,"
            shared = "" if one.entier else f", {one.share} % de suites de cinq mots communes"
            yield fault(
                one.place,
                f"{where} recopie le cahier des charges : {one.longest} mots d’affilée{shared}",
                "demandez au prestataire de reformuler la commande",
            )


@rule("R-PRO-05")
def people_come_with_references(facts: Facts) -> Iterator[Relation]:
    """Every intervenant comes with a CV and references ([seed 002]).

    References that were read as a point of the proposition need not be copied beside each name.
    """
    kept = {name_of(source) for source in standing(facts)}
    for person in facts.data("proposition.intervenants[]"):
        read = at(_noted(person.source), ("intervenants", "references", "etat")) == "present"
        lacking = {
            key: label
            for key, label in (("cv", "son CV"), ("references", "ses références"))
            if not person.value.get(key) and not (read and key == "references")
        }
        if lacking and name_of(person.source) in kept:
            yield fault(
                inside(person, *lacking) if len(lacking) == 1 else person,
                f"{full_name(person.value)} : il manque {enumeration(lacking.values())}",
                "demandez-les au prestataire",
            )
