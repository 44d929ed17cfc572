"""What leaves for others: a synthesis with the structure's agreement, the logos of who pays."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dla_docs.check.controles.parcours import consents_of
from dla_docs.check.controles.registry import rule
from dla_docs.check.controles.signataires import accompanied, of_the_dla
from dla_docs.check.facts import Facts, fault, french, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.documents.consents import agreed, given_by, standing
from dla_docs.load.retention import kept_until, last_day
from dla_docs.model.identity import designates, leads
from dla_docs.model.words import folded

AUDIENCES = ("financeurs", "comite", "prestataire", "consultes", "public")
"""Those outside that a structure may open its synthesis to."""

_OWN = re.compile(
    r"^(?:l'|la |les |le |cette |)(?:membres d\w+ |)(?:association|structure|cooperative|dossier"
    r"|equipe|salarie|adherent|benevole)(?:e?s)?\b"
)
_READERS = re.compile(r"(?<!\s)\s+et\s+|[;&+]|\s/\s")
"""What stands between two readers written as one."""
_FUNDER = re.compile(
    r"\b(?:etat|prefet|prefecture|dd?ets|dreets|ddets ?pp|departement|conseil departemental|region"
    r"|conseil regional|metropole|communaute|agglomeration|commune|mairie|ville|caf"
    r"|caisse d'allocations|caisse des depots|banque des territoires|union europeenne|fse"
    r"|fondation|financeurs?)\b"
)
_COMITE = re.compile(r"\bcomite d'appui\b")
_FUNDING = frozenset({"partenaire_institutionnel", "acteur_financement", "caf"})
"""The families of members that may pay for an accompaniment."""
_PILOTS = re.compile(r"\bcomite de (?:pilotage|suivi)\b|\bcopil\b")


@rule("R-CNF-06")
def synthesis_leaves_with_consent(facts: Facts) -> Iterator[Relation]:
    """A synthesis goes to others once the structures agreed, each of them ([seed 004])."""
    head = facts.value("dossier", {})
    given = given_by(head, facts.value("suivi.synthese.date", ""))
    known = facts.holds("suivi") and accompanied(facts)
    for reader in facts.data("suivi.synthese.destinataires[]") if known else ():
        meant = [as_one for one in _readers(facts, reader.value) if (as_one := _as(facts, one))]
        closed = [as_one for as_one in meant if not _agreed(head, as_one, given)]
        if meant:
            asked = closed[0][0] if closed else ""
            why = "sans l’accord daté de la structure"
            if _agreed(head, AUDIENCES, given):
                why = "que l’accord de la structure ne couvre pas"
            yield Relation(
                (reader,),
                not closed,
                f"la synthèse est adressée à « {reader.value} » {why}",
                "notez cet accord dans dossier.yaml (objet : suivi.synthese, portée : "
                f"{asked}), daté d’avant l’envoi, ou retirez ce destinataire",
                rests=tuple(consents_of(facts)),
            )


@rule("R-CNF-06")
def copies_go_to_whom_it_is_open_to(facts: Facts) -> Iterator[Relation]:
    """The copy of a partner is of a public that the structures had agreed to by its day."""
    head = facts.value("dossier", {})
    listed = {reader.value: reader for reader in facts.data("suivi.synthese.destinataires[]")}
    known = facts.holds("suivi") and accompanied(facts)
    for sent, partner, public, day in _handed(facts) if known else ():
        reader = listed.get(partner)
        yield Relation(
            # Who may not have the synthesis at all is told once, where it is addressed.
            (inside(sent, "public"), *([reader] if reader else ())),
            _agreed(head, (public,), given_by(head, day)),
            f"la synthèse est remise à « {partner} » sans que la structure "
            f"l’ait ouverte à ce public ({public})",
            f"notez cet accord dans dossier.yaml (objet : suivi.synthese, portée : {public}), daté "
            "d’avant l’envoi, ou retirez cette transmission",
            rests=tuple(consents_of(facts)),
        )


def _handed(facts: Facts) -> Iterator[tuple[Datum, str, str, str]]:
    """The copies that were handed: to whom, of which public, on which day; those told whole."""
    for sent in facts.data("suivi.synthese.transmissions[]"):
        told = [sent.value.get(key) for key in ("destinataire", "public", "date")]
        if all(isinstance(one, str) for one in told):
            yield (sent, *map(str, told))  # type: ignore[misc]


@rule("R-CNF-09")
def withdrawn_copies_are_handed_no_more(facts: Facts) -> Iterator[Relation]:
    """A copy handed while the agreement held is a fact; withdrawn since, it is handed no more."""
    head = facts.value("dossier", {})
    given = facts.data("dossier.consentements[]")
    mine = (c.value for c in given if str(c.value.get("objet", "")).startswith("suivi"))
    withdrawn = [str(one["retrait"]) for one in mine if "retrait" in one]
    for sent, partner, public, day in _handed(facts) if facts.holds("suivi") else ():
        if not _agreed(head, (public,), given_by(head, day)):
            # It was never open to this public: R-CNF-06 tells it.
            continue
        last = max(withdrawn, default="")
        yield Relation(
            (inside(sent, "public"),),
            _agreed(head, (public,), standing(head, day)),
            f"l’accord qui ouvrait la synthèse à ce public ({public}) est retiré"
            + (f" depuis le {french(last)}" if last else ""),
            f"ne remettez plus cet exemplaire, et dites-le à « {partner} »",
            rests=tuple(consents_of(facts)),
        )


@rule("R-CNF-08")
def dossier_is_kept_no_longer(facts: Facts) -> Iterator[Relation]:
    """A dossier is kept some months after its last day, and no more ([inferred])."""
    scope = facts.scope
    head = scope.parts.get("dossier") if scope.level == "dossier" else None
    until = kept_until(scope, facts.corpus) if head else None
    last = last_day(scope, facts.corpus) if until and until < facts.day else None
    if head and until and last:
        yield fault(
            Datum(head, (), head.data),
            f"la durée de conservation de ce dossier est passée le "
            f"{french(until.isoformat())} : son dernier jour est le {french(last.isoformat())}",
            "archivez-le ou supprimez-le avec son opérateur, ou corrigez « conservation_mois »",
            late=True,
        )


def _agreed(
    head: Mapping[str, Any], audiences: Iterable[str], given: Iterable[Mapping[str, Any]]
) -> bool:
    """Whether the synthesis is open to one of the audiences that a reader may be of."""
    return any(agreed(head, "suivi.synthese", frozenset({one}), given) for one in audiences)


def _readers(facts: Facts, text: str) -> list[str]:
    """The readers written as one, each apart: a name that holds « et » is of one of them."""
    called = [s.record.get("denomination") for s in accompanied(facts)]
    territory = facts.corpus.territory.data
    for shelf in ("operateurs", "financeurs"):
        called += [one.get("nom") for one in territory.get(shelf) or []]
    joined = [str(name) for name in called if name and _READERS.search(str(name))]
    # A name stands aside while the rest is parted.
    for rank, name in enumerate(joined):
        text = text.replace(name, f"\0{rank}\0")
    aside = re.compile("\0([0-9]+)\0")
    return [aside.sub(lambda m: joined[int(m[1])], one) for one in _READERS.split(text)]


def _as(facts: Facts, text: str) -> tuple[str, ...]:
    """The audiences that a reader may be of, the likeliest first; none where no consent is due.

    Who is nothing to the dossier reads what is open to the public only.
    """
    plain = folded(text)
    own = accompanied(facts)
    if any(designates(text, s.record) or s.signed(text) for s in own):
        return ()
    if _COMITE.search(plain):
        return ("comite",)
    if _funder(facts, text) is not None or _FUNDER.search(plain) or _pays(facts, text):
        return ("financeurs",)
    if of_the_dla(facts, text) or _operator(facts, text) or _OWN.match(plain) or leads(text):
        return ()
    # Those who pay, the structures and the DLA sit in a comité de pilotage.
    if _PILOTS.search(plain):
        return ("financeurs", "comite", "public")
    if _prestataire(facts, text):
        return ("prestataire", "consultes", "public")
    # A structure without its name is not told from others: that is said in its own file.
    nameless = any(not s.record.get("denomination") for s in own)
    return AUDIENCES if nameless else (*_seats(facts, text), "public")


def _pays(facts: Facts, text: str) -> bool:
    """Whether a text names somebody who pays for an ingénierie of the dossier."""
    paths = ("ingenierie.cofinancements[].financeur", "convention.repartition[].financeur")
    unit = (s for s in facts.corpus.level("ingenierie") if s.unit == facts.scope.unit)
    payers = (d.value for scope in unit for path in paths for d in facts.within(scope).data(path))
    return any(_plain(str(payer)) in _plain(text) for payer in payers)


def _prestataire(facts: Facts, text: str) -> bool:
    """Whether a text names one of the prestataires of an ingénierie of the dossier."""
    unit = (s for s in facts.corpus.level("ingenierie") if s.unit == facts.scope.unit)
    known = {name for scope in unit for name in facts.within(scope).series("proposition")}
    companies = (facts.record("prestataires", name).get("raison_sociale") for name in known)
    return any(designates(text, {"denomination": one}) for one in companies if one)


def _seats(facts: Facts, text: str) -> tuple[str, ...]:
    """`comite` for who sits in a comité that was shown the dossier, and what else they are."""
    for comite, _ in facts.shown_to():
        for member in comite.data("comite.membres[]"):
            told = (_plain(str(member.value.get(key, ""))) for key in ("organisme", "nom"))
            if any(one and one in _plain(text) for one in told):
                pays = member.value.get("famille") in _FUNDING
                return ("comite", "financeurs") if pays else ("comite",)
    return ()


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
            named = (
                re.split(r"(?<!\s)\s+et\s+", called[0])[0]
                for called in _CALLED.finditer(paid.value)
            )
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
