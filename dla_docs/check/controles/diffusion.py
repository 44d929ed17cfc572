"""What leaves for others: a synthesis with the structure's agreement, the logos of who pays."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dla_docs.check.controles.parcours import consents_of
from dla_docs.check.controles.registry import rule
from dla_docs.check.controles.signataires import accompanied, of_the_dla
from dla_docs.check.facts import Facts, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.documents.consents import agreed, given_by
from dla_docs.model.identity import designates, leads
from dla_docs.model.words import folded

AUDIENCES = ("financeurs", "comite", "prestataire", "consultes", "public")
"""Those outside that a structure may open its synthesis to."""

_OWN = re.compile(
    r"^(?:l'|la |les |le |cette |)(?:membres d\w+ |)(?:association|structure|cooperative|dossier"
    r"|equipe|salarie|adherent|benevole)(?:e?s)?\b"
)
_READERS = re.compile(r"\s+et\s+|[;&+]|\s/\s")
"""What stands between two readers written as one."""
_FUNDER = re.compile(
    r"\b(?:etat|prefet|prefecture|dd?ets|dreets|ddets ?pp|departement|conseil departemental|region"
    r"|conseil regional|metropole|communaute|agglomeration|commune|mairie|ville|caf"
    r"|caisse d'allocations|caisse des depots|banque des territoires|union europeenne|fse"
    r"|fondation|financeurs?)\b"
)
_COMITE = re.compile(r"\bcomite d'appui\b")


@rule("R-CNF-06")
def synthesis_leaves_with_consent(facts: Facts) -> Iterator[Relation]:
    """A synthesis goes to others once the structures agreed, each of them ([seed 004])."""
    head = facts.value("dossier", {})
    given = given_by(head, facts.value("suivi.synthese.date", ""))
    known = facts.holds("suivi") and accompanied(facts)
    for reader in facts.data("suivi.synthese.destinataires[]") if known else ():
        meant = {_audience(facts, one) for one in _READERS.split(reader.value)} - {"structure"}
        if meant:
            agrees = (_agreed(head, audience, given) for audience in meant)
            yield Relation(
                (reader,),
                all(agrees),
                f"la synthèse est adressée à « {reader.value} » sans l’accord daté de la structure",
                "notez cet accord dans dossier.yaml (objet : suivi.synthese, portée : "
                f"{max(meant) or 'financeurs'}), daté d’avant l’envoi, ou retirez ce destinataire",
                rests=tuple(consents_of(facts)),
            )


def _agreed(head: Mapping[str, Any], audience: str, given: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the synthesis is open to an audience; for an unknown one, to any."""
    asked = (audience,) if audience else AUDIENCES
    return any(agreed(head, "suivi.synthese", frozenset({one}), given) for one in asked)


def _audience(facts: Facts, text: str) -> str:
    """Who a reader is; `structure` for those who need no consent, empty when nothing tells."""
    plain = folded(text)
    own = accompanied(facts)
    if any(designates(text, s.record) or s.signed(text) for s in own):
        return "structure"
    if _COMITE.search(plain):
        return "comite"
    if _funder(facts, text) is not None or _FUNDER.search(plain):
        return "financeurs"
    ours = of_the_dla(facts, text) or _operator(facts, text)
    return "structure" if ours or _OWN.match(plain) or leads(text) else ""


def _operator(facts: Facts, text: str) -> bool:
    operators = facts.corpus.territory.data.get("operateurs") or []
    return any(designates(text, {"denomination": operator.get("nom")}) for operator in operators)


def _funder(facts: Facts, text: str) -> Datum | None:
    """The funder of the territory that a text names, by its name or one it had."""
    territory = facts.corpus.territory
    plain = f" {_plain(text)} "
    for rank, funder in enumerate(territory.data.get("financeurs") or []):
        past = [old.get("nom") for old in funder.get("noms_historiques") or []]
        if any(name and f" {_plain(name)} " in plain for name in (funder.get("nom"), *past)):
            return Datum(territory, ("financeurs", rank), funder)
    return None


def _plain(text: str) -> str:
    """A text without signs: « Département, service insertion » begins with « Département »."""
    return " ".join(re.findall(r"\w+", folded(text)))


_FUNDS = re.compile(r"\bfonds d'ingenierie\b|\bfonds (?:du|des) (?:\w+ )?dla\b")
_CALLED = re.compile(
    r"\b(?:Département|Conseil départemental|Conseil régional|Région|Métropole|Communauté|Commune"
    r"|Ville|Fondation|Caisse)\b(?: (?:de|du|des|d[’'])\w* ?| )?(?:l[ae’'] ?)?[A-ZÀ-Ý][^,;:.()]*"
)
"""A funder called by its full name in a sentence; « les deux Départements » is nobody's name."""


@rule("R-PUB-05")
def who_pays_is_a_funder(facts: Facts) -> Iterator[Relation]:
    """Who pays a part of the mission has an entry, hence a logo on its documents ([seed 002])."""
    told: set[str] = set()
    for payer, text in _payers(facts):
        if folded(text) not in told and not _internal(facts, text):
            told.add(folded(text))
            funder = _funder(facts, text)
            why = _silent(facts, funder.value) if funder else NO_ENTRY
            message = f"« {text} » paie une part de la mission et n’a pas son logo : {why}"
            hint = "ajoutez-le aux financeurs de territoire.yaml, ou corrigez ce nom ou sa fiche"
            yield Relation((payer,), not why, message, hint, (funder,) if funder else ())


NO_ENTRY = "territoire.yaml ne le connaît pas"


def _payers(facts: Facts) -> Iterator[tuple[Datum, str]]:
    """Who is written to pay, of the funds of the DLA aside, with the words that name them."""
    if not accompanied(facts):
        return
    if facts.holds("ingenierie"):
        yield from ((d, d.value) for d in facts.data("ingenierie.cofinancements[].financeur"))
    if facts.holds("convention"):
        for share in facts.data("convention.repartition[]"):
            if share.value.get("origine", "cofinancement") == "cofinancement":
                payer = inside(share, "financeur")
                yield payer, str(payer.value)
    if facts.holds("parcours"):
        for paid in facts.data("parcours.actions[nature=ingenierie].financement"):
            named = (re.split(r"\s+et\s+", called[0])[0] for called in _CALLED.finditer(paid.value))
            yield from ((paid, name.strip()) for name in named)


def _internal(facts: Facts, text: str) -> bool:
    """Whether the money is the DLA's own, or that of the structure: they have no such logo."""
    own = accompanied(facts)
    plain = folded(text)
    helped = any(designates(text, s.record) for s in own) or bool(_OWN.match(plain))
    return helped or bool(_FUNDS.search(plain)) or _operator(facts, text)


def _silent(facts: Facts, funder: Mapping[str, Any]) -> str:
    """Why the logo of a funder is not on the documents of a mission; empty when it is."""
    own = accompanied(facts)
    places = {str(s.record["departement"]) for s in own if "departement" in s.record}
    covered = set(funder.get("departements") or places)
    if places and not covered & places:
        return f"il n’est pas financeur dans ce département ({', '.join(sorted(places))})"
    day = facts.value("convention.date") or facts.value("cahier-des-charges.date")
    # Bounds that every day is within, for a funder without dates.
    if day and not funder.get("debut", "0001") <= day <= funder.get("fin", "9999"):
        return "il n’est pas financeur à la date de la mission"
    return ""
