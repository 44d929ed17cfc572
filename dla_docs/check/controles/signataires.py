"""Who speaks for a structure: those who validate, consent, or are heard are its leaders."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, full_name, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.representation import in_office
from dla_docs.model.identity import designates, functions_only, leads, names
from dla_docs.model.words import folded, quoted

VALIDATED = (
    ("diagnostic.validation.signataire", "le diagnostic est validé"),
    ("parcours.validation.signataire", "le parcours est validé"),
    ("parcours.ajustements[].validation.signataire", "l’ajustement du parcours est validé"),
)
"""Where each structure of the dossier signs, and what is done there."""

_OF_DLA = re.compile(r"\bdla\b|\bcharge(?:e|\(e\)|\.e|·e)?s? de mission\b")
"""Said of somebody, on folded text: they are of the DLA, whoever they are."""


@dataclass(frozen=True)
class Leaders:
    """A structure, with those who lead it and the datum that lists them."""

    structure: str
    record: Mapping[str, Any]
    listed: Datum

    def signed(self, text: str, day: Any = None) -> bool:
        """Whether one of them is named, among those in office on a day if one is given.

        « La présidente », without a name, is one of them.
        """
        placed = (leader for leader in self.listed.value if in_office(leader, day))
        return any(names(text, leader) for leader in placed) or functions_only(text)


def leaders_of(facts: Facts, structures: list[str]) -> list[Leaders]:
    """The structures whose file says who leads them; the others are told elsewhere."""
    found = []
    for name in dict.fromkeys(structures):
        source = facts.corpus.record("structures", name)
        if source and isinstance(source.data, dict) and source.data.get("dirigeants"):
            listed = Datum(source, ("dirigeants",), source.data["dirigeants"])
            found.append(Leaders(name, source.data, listed))
    return found


def accompanied(facts: Facts) -> list[Leaders]:
    """The structures of a dossier; none where one of them is doubtful, which is told elsewhere."""
    listed = facts.value("dossier.structures") or []
    if len(listed) > 1 and facts.value("dossier.type") == "individuel":
        return []
    heard = {datum.value for datum in facts.data("dossier.consentements[].structure")}
    found = leaders_of(facts, listed)
    return found if len(found) == len(set(listed)) and heard <= set(listed) else []


def of_the_dla(facts: Facts, text: str) -> bool:
    """Whether a text names somebody of the DLA: by name, or by what they are."""
    territory = facts.corpus.territory.data
    territory = territory if isinstance(territory, dict) else {}
    operators = territory.get("operateurs") or []
    people = [
        *(territory.get("charges_mission") or []),
        *(o.get("representant") for o in operators),
    ]
    named = any(names(text, person) for person in people if isinstance(person, dict))
    return named or bool(_OF_DLA.search(folded(text)))


@rule("R-ELI-04")
def leaders_validate(facts: Facts) -> Iterator[Relation]:
    """Each structure validates by somebody who leads it ([seed 000], [seed 003])."""
    structures = accompanied(facts)
    for path, done in VALIDATED if facts.scope.level == "dossier" else ():
        for signed in facts.data(path):
            absent = [s for s in structures if not s.signed(signed.value, _day(signed))]
            yield _signing(signed, done, structures, absent)


@rule("R-ELI-04")
def leaders_consent(facts: Facts) -> Iterator[Relation]:
    """A consent, or the agreement on a choice, is given by somebody who leads ([seed 004]).

    A choice is agreed by each structure: « X, présidente de A, et Y, président de B ».
    """
    if facts.holds("dossier"):
        for signed in facts.data("dossier.consentements[].signataire"):
            named = beside(signed, "structure").value
            own = leaders_of(facts, [named] if isinstance(named, str) else [])
            absent = [s for s in own if not s.signed(signed.value, _day(signed))]
            yield _signing(signed, "l’accord de diffusion est donné", own, absent)
    for signed in facts.data("choix.accord_structure.nom") if facts.holds("choix") else ():
        own = leaders_of(facts, facts.value("ingenierie.structures") or [])
        absent = [s for s in own if not s.signed(signed.value, _day(signed))]
        yield _signing(signed, "l’accord sur le choix est donné", own, absent)


@rule("R-SEL-09")
def the_dla_of_the_dossier_agrees(facts: Facts) -> Iterator[Relation]:
    """The choice is agreed by who follows the dossier for the DLA ([seed 002])."""
    followed = list(facts.data("dossier.charges_mission[]"))
    known = [d.value for d in facts.data("territoire.charges_mission[]")]
    own = [one for one in known if one.get("id") in {d.value for d in followed}]
    for agreed in facts.data("choix.accord_charge_mission.nom") if own else ():
        # « La chargée de mission », without a name, is the one of the dossier.
        unnamed = _OF_DLA.search(folded(re.split(r"[,;(]", agreed.value)[0]))
        yield Relation(
            (agreed,),
            bool(unnamed) or any(names(agreed.value, one) for one in own),
            f"l’accord du DLA sur le choix est donné par « {agreed.value} », qui ne suit pas ce "
            "dossier",
            "corrigez le nom, ou ajoutez cette personne à « charges_mission » dans dossier.yaml",
            rests=tuple(followed),
        )


_EACH = "nommez une personne de chaque structure (« X, présidente de A, et Y, président de B »)"


def _signing(
    signed: Datum, done: str, structures: list[Leaders], absent: list[Leaders]
) -> Relation:
    """What is signed, for the structures that nobody of theirs signed for."""
    who = quoted(str(s.record.get("denomination", s.structure)) for s in absent)
    before = bool(absent) and all(s.signed(signed.value) for s in absent)
    told = "n’était pas en fonction ce jour-là pour" if before else "ne dirige pas"
    files = ", ".join(f"structures/{s.structure}.yaml" for s in absent)
    return Relation(
        (signed,),
        not absent,
        f"{done} par « {signed.value} », qui {told} {who}",
        f"{_EACH if len(structures) > 1 else 'corrigez le signataire'} ; si cette personne dirige "
        f"la structure, ou l’a dirigée, ajoutez-la aux « dirigeants » de {files}, avec « debut » "
        "et « fin » s’il le faut",
        rests=tuple(s.listed for s in structures),
    )


def _day(signed: Datum) -> Any:
    return beside(signed, "date").value


@rule("R-ELI-05")
def dla_does_not_validate(facts: Facts) -> Iterator[Relation]:
    """The DLA writes the diagnostic and the parcours, the structure validates ([seed 000])."""
    for path, _ in VALIDATED if facts.scope.level == "dossier" else ():
        yield from _signed_by_the_dla(facts, path, "de la validation")


@rule("R-CNF-07")
def dla_does_not_consent(facts: Facts) -> Iterator[Relation]:
    """What the DLA gathered is opened by the structure alone ([seed 004])."""
    if facts.holds("dossier"):
        path = "dossier.consentements[].signataire"
        yield from _signed_by_the_dla(facts, path, "de l’accord")


def _signed_by_the_dla(facts: Facts, path: str, what: str) -> Iterator[Relation]:
    structures = accompanied(facts)
    for signed in facts.data(path):
        if not any(s.signed(signed.value) for s in structures) and of_the_dla(facts, signed.value):
            yield fault(
                signed,
                f"le signataire {what}, « {signed.value} », est du DLA : ce n’est pas à lui de "
                "s’engager pour la structure",
                "notez qui a signé pour la structure, ou attendez sa signature",
            )


@rule("R-DIA-08")
def leaders_are_heard(facts: Facts) -> Iterator[Relation]:
    """Those who lead each structure take part in the diagnostic ([seed 000])."""
    structures = accompanied(facts)
    heard = list(facts.data("diagnostic.entretiens[].participants[]"))
    talks = facts.at("diagnostic.entretiens") if facts.holds("diagnostic") else None
    if talks is None or not heard:
        return
    for structure in structures:
        others = [other for other in structures if other is not structure]
        if not any(_heard(facts, person.value, structure, others) for person in heard):
            name = structure.record.get("denomination", structure.structure)
            yield fault(
                talks,
                f"aucun entretien n’a été mené avec l’équipe dirigeante de « {name} »",
                "notez qui a participé, avec sa fonction ; un diagnostic partagé se fait avec "
                "l’équipe dirigeante",
                *heard,
                structure.listed,
            )


def _heard(facts: Facts, text: str, structure: Leaders, others: list[Leaders]) -> bool:
    """Whether somebody who was met leads that structure, by name or else by function."""
    if structure.signed(text):
        return True
    elsewhere = any(o.signed(text) or designates(text, o.record) for o in others)
    own = designates(text, structure.record) or not elsewhere
    return leads(text) and own and not of_the_dla(facts, text)


@rule("R-ACC-07")
def structure_is_received(facts: Facts) -> Iterator[Relation]:
    """Somebody of the structure is there: the accueil is a first meeting ([seed 000])."""
    met = facts.at("accueil.participants") if facts.holds("accueil") else None
    people = (met.value or []) if met else []
    if met and people and all(_of_dla(facts, person) for person in people):
        yield fault(
            met,
            "personne de la structure n’est noté à l’entretien d’accueil",
            "ajoutez qui a été reçu : l’accueil est une rencontre avec la structure",
            *(inside(met, rank) for rank in range(len(people))),
        )


def _of_dla(facts: Facts, person: Mapping[str, Any]) -> bool:
    return of_the_dla(facts, f"{full_name(person)}, {person.get('fonction', '')}")
