"""Who is there at a meeting, and whether they are what their role says."""

from collections.abc import Iterator, Mapping
from typing import Any

from dla_docs.check.controles.registry import rule
from dla_docs.check.controles.signataires import Leaders, leaders_of, of_the_dla
from dla_docs.check.facts import Facts, fault, french, full_name, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.representation import in_office, leaders
from dla_docs.model.identity import designates, leads, names
from dla_docs.model.words import folded

INTERVENANTS = (
    "convention.intervenants[]",
    "convention.avenants[].intervenants[]",
    "convention.parties.prestataire[].representant",
    "rapport-final.auteurs[]",
)
"""Where those who work for a prestataire are named."""
_ROLE = 6
"""Letters that tell a function, whatever its gender: « direct », « présid »."""


@rule("R-RES-05")
def each_structure_is_at_the_restitution(facts: Facts) -> Iterator[Relation]:
    """Those responsible for each structure are there ([seed 002])."""
    listed = facts.at("restitution.presents")
    people = [p for p in facts.data("restitution.presents[]") if _is(p, "responsable_structure")]
    served = facts.value("ingenierie.structures") or []
    structures = leaders_of(facts, served)
    if not listed or not people or len(structures) != len(set(served)):
        return
    for structure in structures:
        others = [other for other in structures if other is not structure]
        if not any(_stands_for(facts, p.value, structure, others) for p in people):
            name = structure.record.get("denomination", structure.structure)
            yield fault(
                listed,
                f"personne de « {name} » n’est noté à la restitution",
                "corrigez le nom ou le rôle de qui était présent ; si l’une de ces personnes "
                "dirige la structure, ajoutez-la aux « dirigeants » de "
                f"structures/{structure.structure}.yaml",
                *(inside(p, key) for p in people for key in ("nom", "fonction")),
                structure.listed,
            )


def _stands_for(
    facts: Facts, person: Mapping[str, Any], structure: Leaders, others: list[Leaders]
) -> bool:
    """Whether somebody is of a structure: its file, their function or an earlier meeting says so.

    Who bears the function of somebody of the file, under another name, is not that one.
    """
    name, role = str(person.get("nom", "")), str(person.get("fonction", ""))
    if structure.signed(name) or designates(role, structure.record):
        return True
    text = f"{name}, {role}"
    if of_the_dla(facts, text) or any(o.signed(name) or designates(role, o.record) for o in others):
        return False
    if any(folded(name) in folded(met) for met in _met(facts, others)):
        return True
    held = {folded(str(leader.get("fonction", "")))[:_ROLE] for leader in structure.listed.value}
    return not others and leads(role) and folded(role)[:_ROLE] not in held


def _met(facts: Facts, others: list[Leaders]) -> Iterator[str]:
    """Who was met at the accueil or for the diagnostic, but those of the other structures."""
    texts = [_told(p.value) for p in facts.data("accueil.participants[]")]
    texts += [d.value for d in facts.data("diagnostic.entretiens[].participants[]")]
    for text in texts:
        if not any(designates(text, other.record) for other in others):
            yield text


@rule("R-RES-05")
def who_leads_a_structure_is_in_office(facts: Facts) -> Iterator[Relation]:
    """Who is there as responsible for a structure held an office of it that day ([inferred])."""
    day = facts.value("restitution.date")
    served = facts.value("ingenierie.structures") or []
    known = [one for name in served for one in leaders(facts, "beneficiaire", name)]
    for person in facts.data("restitution.presents[]") if day else ():
        named = [one for one in known if names(str(person.value.get("nom", "")), one)]
        if _is(person, "responsable_structure") and named:
            ends = [str(one["fin"]) for one in named if one.get("fin")]
            told = f"« {person.value['nom']} » n’était pas en fonction le {french(day)}"
            told += f" : son mandat a pris fin le {french(max(ends))}" if ends else ""
            hint = (
                "corrigez qui était présent ou son rôle, ou les dates de la fiche de la structure"
            )
            holds = any(in_office(one, day) for one in named)
            yield Relation((inside(person, "nom"),), holds, told, hint)


@rule("R-RES-05")
def the_dla_is_at_the_restitution(facts: Facts) -> Iterator[Relation]:
    """Who is there for the DLA, in charge of missions, is one of the territory ([seed 002])."""
    known = [d.value for d in facts.data("territoire.charges_mission[]")]
    for person in facts.data("restitution.presents[]"):
        name = str(person.value.get("nom", ""))
        # « La chargée de mission », without a name, is one of them.
        if not known or not _is(person, "charge_mission") or _named(name, known):
            continue
        if not of_the_dla(facts, name):
            told = f"« {name} » n’est pas parmi les « charges_mission » de territoire.yaml"
            hint = "corrigez le nom ou le rôle, ou ajoutez cette personne au territoire"
            yield fault(inside(person, "nom"), told, hint, inside(person, "role"))


@rule("R-RES-05")
def the_prestataire_is_at_the_restitution(facts: Facts) -> Iterator[Relation]:
    """Who presents the work is one of those agreed ([seed 002]); a colleague may come along."""
    company = facts.record("prestataires", str(facts.value("choix.retenu")))
    designation = {"denomination": company.get("raison_sociale")}
    known = [d.value for path in INTERVENANTS for d in facts.data(path)]
    retained = facts.series("proposition").get(str(facts.value("choix.retenu")))
    known += ((retained.data or {}).get("intervenants") or []) if retained else []
    known += [company["representant"]] if company.get("representant") else []
    people = [p for p in facts.data("restitution.presents[]") if _is(p, "prestataire")]
    agreed = any(_named(str(p.value.get("nom", "")), known) for p in people)
    for person in people if facts.file("convention") and known else ():
        name, role = (str(person.value.get(key, "")) for key in ("nom", "fonction"))
        of_company = designates(name, designation) or (agreed and designates(role, designation))
        if not _named(name, known) and not of_company:
            told = f"« {name} » n’intervient pas pour le prestataire, et ne le représente pas"
            hint = (
                "corrigez le nom ou le rôle ; si cette personne intervient, établissez un avenant"
            )
            yield fault(inside(person, "nom"), told, hint, inside(person, "role"))


@rule("R-ACC-07")
def each_structure_is_received(facts: Facts) -> Iterator[Relation]:
    """In a collective dossier, somebody of each structure is there ([seed 000])."""
    met = facts.at("accueil.participants") if facts.holds("accueil") else None
    served = facts.value("dossier.structures") or []
    if not met or not met.value or len(served) < 2 or facts.value("dossier.type") != "collectif":
        return
    structures = leaders_of(facts, served)
    people = [_told(person) for person in met.value if not of_the_dla(facts, _told(person))]
    owners = [[s for s in structures if _owns(s, person)] for person in people]
    # Who nothing tells may be of any of them.
    unsure = not all(owners)
    for structure in structures if people and not unsure else ():
        if not any(structure in own for own in owners):
            name = structure.record.get("denomination", structure.structure)
            told = f"personne de « {name} » n’est noté à l’entretien d’accueil"
            hint = "ajoutez qui a été reçu : chaque structure d’un dossier collectif l’est"
            yield fault(met, told, hint, structure.listed, *_each(met))


def _owns(structure: Leaders, text: str) -> bool:
    return structure.signed(text) or designates(text, structure.record)


def _each(listed: Datum) -> Iterator[Datum]:
    yield from (inside(listed, rank) for rank in range(len(listed.value or ())))


def _told(person: Mapping[str, Any]) -> str:
    return f"{full_name(person)}, {person.get('fonction', '')}"


def _is(person: Datum, role: str) -> bool:
    return bool(person.value.get("role") == role)


def _named(text: str, people: list[Mapping[str, Any]]) -> bool:
    return any(names(text, person) for person in people)
