"""Convention: who pays, how, and what it keeps of the proposition retained."""

from collections.abc import Iterator
from decimal import Decimal

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, full_name, inside, listing
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.representation import in_office, leaders
from dla_docs.load.yaml_reader import Source
from dla_docs.model.identity import names
from dla_docs.model.paths import at
from dla_docs.model.values import amount, number
from dla_docs.model.versions import standing
from dla_docs.model.words import enumeration, folded


@rule("R-ELI-03")
def free_for_the_structure(facts: Facts) -> Iterator[Relation]:
    """It is free for the structure, unless the territory says otherwise ([seed 001], [P15])."""
    if facts.parameter("participation_structure"):
        return
    shares = (
        share
        for path in ("repartition", "avenants[].repartition")
        for share in facts.data(f"convention.{path}[].montant_ttc")
    )
    for share in shares:
        if beside(share, "origine").value == "structure" and share.value > 0:
            yield fault(
                share,
                "une part reste à la charge de la structure, le dispositif est gratuit",
                "corrigez-la, ou écrivez « participation_structure: true » dans les paramètres du "
                "territoire",
            )


@rule("R-CVT-03")
def ends_with_a_balance(facts: Facts) -> Iterator[Relation]:
    """Payments end with a balance that awaits the final report ([seed 002])."""
    payments = list(facts.data("convention.echeancier[]"))
    if not payments:
        return
    last = payments[-1]
    if last.value.get("libelle") != "solde":
        message = "le dernier versement de l’échéancier n’est pas le solde"
        yield fault(last, message, "terminez par « solde »", inside(last, "libelle"))
    elif "rapport_final" not in (last.value.get("pieces") or []):
        message = "le solde n’est pas conditionné à la remise du rapport final"
        hint = "ajoutez « rapport_final » aux pièces du solde"
        yield fault(last, message, hint, inside(last, "pieces"))


@rule("R-CVT-04")
def keeps_what_was_proposed(facts: Facts) -> Iterator[Relation]:
    """Price and days are those of the proposition retained, or it is said why not."""
    explained = explained_gaps(facts)
    for subject, mine, theirs, unit, shown in (
        ("montant", "convention.montant.ttc", "total_ttc", "€ TTC", amount),
        ("jours", "convention.jours", "jours", "jours", lambda days: number(Decimal(days))),
    ):
        for retained, proposed in _retained(facts, "budget", theirs):
            for agreed in facts.data(mine) if subject not in explained else ():
                yield Relation(
                    (retained, proposed, agreed),
                    agreed.value == proposed.value,
                    f"la convention dit {shown(agreed.value)} {unit}, la proposition "
                    f"retenue {shown(proposed.value)}",
                    f"corrigez, ou motivez l’écart dans « ecarts » (sur: {subject})",
                    instead=((retained, *NOT_THE_ONE),),
                )


NOT_THE_ONE = (
    "le prestataire retenu n’est pas celui des notifications ou de la convention",
    "corrigez le prestataire retenu, ou ce qui le contredit",
)


@rule("R-CVT-04")
def keeps_who_was_proposed(facts: Facts) -> Iterator[Relation]:
    """Who comes was proposed; else, who was proposed comes, or it is said why not."""
    hint = "corrigez, ou motivez l’écart dans « ecarts » (sur: intervenants)"
    people = list(facts.data("convention.intervenants[]"))
    for retained, proposed in _retained(facts, "intervenants"):
        expected = {folded(full_name(person)): full_name(person) for person in proposed.value}
        if "intervenants" in explained_gaps(facts) or not people or not expected:
            continue
        met = [folded(full_name(person.value)) for person in people]
        for person, name in zip(people, met, strict=True):
            told = f"{full_name(person.value)} n’est pas dans la proposition retenue"
            holds = name in {*expected, ""}
            instead = ((retained, *NOT_THE_ONE),)
            yield Relation((retained, person), holds, told, hint, (proposed,), instead)
        # A stranger stands for the one who is missing: only one of the two is told.
        missing = sorted(expected.keys() - set(met)) if set(met) <= {*expected, ""} else []
        told = enumeration(expected[name] for name in missing)
        told += ", de la proposition retenue, n’est pas dans la convention"
        yield Relation((listing(people[0]),), not missing, told, hint, (retained, proposed))


PARTIES = (
    ("dla", "operateur", "la fiche de l’opérateur (territoire.yaml)"),
    ("beneficiaire", "structure", "la fiche de la structure"),
    ("prestataire", "prestataire", "la fiche du prestataire"),
)
"""Each party, the key that names its record, and how people call that record."""


@rule("R-CVT-06")
def parties_are_represented(facts: Facts) -> Iterator[Relation]:
    """Who signs represents the party, or has a delegation ([seed 002], [inferred])."""
    for party, key, record in PARTIES:
        right = set(_expected(facts, party))
        for signatory in facts.data(f"convention.parties.{party}[]"):
            person, named = inside(signatory, "representant"), inside(signatory, key)
            known = leaders(facts, party, str(named.value))
            day = inside(signatory, "signature", "date").value or facts.value("convention.date")
            # A party that is not the right one is the cause (R-COH-05, R-COH-07).
            wrong_party = bool(right) and named.value not in right
            if not known or not person.value or wrong_party or "delegation" in signatory.value:
                continue
            who, whom = full_name(person.value), signatory.value.get("denomination", named.value)
            met = [leader for leader in known if names(who, leader)]
            if not any(in_office(leader, day) for leader in met):
                others = enumeration(full_name(leader) for leader in known)
                why = "sans être en fonction ce jour-là" if met else "sans être qui la représente"
                told = f"« {who} » signe pour « {whom} » {why} : {record} nomme {others}"
                hint = "corrigez qui signe ou la fiche ; « delegation », écrit à côté de "
                hint += "« representant », dit ce qui l’y autorise"
                yield fault(person, told, hint, named)


def _expected(facts: Facts, party: str) -> list[str]:
    """The names that a party may have; none where nothing tells."""
    if party == "prestataire":
        return [datum.value for datum in facts.data("choix.retenu")]
    listed = "dossier.operateurs[]" if party == "dla" else "ingenierie.structures[]"
    return [datum.value for datum in facts.data(listed)]


def explained_gaps(facts: Facts) -> set[str]:
    """What the convention says to differ from the proposition, and why."""
    return {datum.value for datum in facts.data("convention.ecarts[].sur")}


def offered(facts: Facts, source: Source, key: str) -> Datum:
    """A key of a proposition, in the last version that was negotiated."""
    schema = facts.corpus.kinds["proposition"].schema
    pointer = standing(source.data, schema, key)
    return Datum(source, pointer, at(source.data, pointer))


def _retained(facts: Facts, *keys: str) -> Iterator[tuple[Datum, Datum]]:
    """The name of who is retained, with a datum of that proposition, where both are there."""
    for retained in facts.data("choix.retenu"):
        source = facts.series("proposition").get(retained.value)
        datum = inside(offered(facts, source, keys[0]), *keys[1:]) if source else None
        if datum and datum.value is not None:
            yield retained, datum
