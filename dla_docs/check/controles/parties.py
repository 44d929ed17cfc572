"""Who is party to what: the structures and operators of a dossier, from one file to the next."""

from collections.abc import Iterator

from dla_docs.check.controles.case import Breach, Case, folded
from dla_docs.check.controles.convention import signatories
from dla_docs.check.ledger import Datum, Relation, blamed, data_at

AGREE = (
    (
        "dossier.structures[]",
        (
            "dossier.consentements[].structure",
            "suivi.post_accompagnement[].structure",
            "ingenierie.structures[]",
        ),
        "n’est pas du dossier",
    ),
    (
        "ingenierie.structures[]",
        ("convention.parties.beneficiaire[].structure", "evaluation.beneficiaires[].structure"),
        "n’est pas bénéficiaire de l’ingénierie",
    ),
    ("dossier.operateurs[]", ("convention.parties.dla[].operateur",), "ne conduit pas ce dossier"),
)
"""Lists that hold all the names that are written at some other places, and what a stranger is."""

SIGN = (
    ("ingenierie.structures[]", "beneficiaire", "structure", "est bénéficiaire de l’ingénierie"),
    ("dossier.operateurs[]", "dla", "operateur", "conduit le dossier"),
)
"""Lists whose every name signs the convention, among which signatories."""


def r_coh_05(case: Case) -> Iterator[Breach]:
    """The parties are the same from one file to the next."""
    relations = [
        relation for known, paths, what in AGREE for relation in _names(case, known, paths, what)
    ]
    for relation, datum in blamed(relations):
        yield _stranger(relation) if datum is relation.data[-1] else _listed(datum, relations)
    if case.holds("convention"):
        for known, party, key, what in SIGN:
            yield from _unsigned(case, known, party, key, what)
        yield from _same_number(case)
    names = {folded(str(s.get("denomination"))) for _, s in signatories(case)}
    for datum in data_at(case, "convention.avenants[].signatures[].denomination"):
        if folded(datum.value) not in names:
            yield Breach(
                datum.source,
                datum.pointer,
                f"« {datum.value} » n’est pas partie à la convention",
                "reprenez la dénomination de la convention",
            )


def _names(case: Case, known: str, paths: tuple[str, ...], what: str) -> Iterator[Relation]:
    """One relation a mention, with the list that should hold it when that may be what is wrong.

    It may when no mention agrees with it, or when two files agree against it. The value of a
    datum is what it stands for: the names of a list, or the mention itself.
    """
    listed = list(data_at(case, known))
    case.get(*known.removesuffix("[]").split("."))
    # A single structure in a collective ingénierie is R-ACC-04.
    if not listed or (known.startswith("ingenierie") and _alone(case, listed)):
        return
    names = tuple(datum.value for datum in listed)
    whole = _whole(listed[0], names)
    mentions = [mention for path in paths for mention in data_at(case, path)]
    agreeing = any(mention.value in names for mention in mentions)
    for mention in mentions:
        files = {m.source.path for m in mentions if m.value == mention.value}
        told = _whole(mention, mention) if mention.path.endswith("[]") else mention
        sure = agreeing and len(files) == 1
        told = Datum(told.source, told.pointer, mention, mention.path)
        message = f"« {mention.value} » {what}|{', '.join(sorted(names))}"
        yield Relation((told,) if sure else (whole, told), mention.value in names, message)


def _alone(case: Case, listed: list[Datum]) -> bool:
    return case.get("ingenierie", "type") == "collectif" and len(listed) == 1


def _whole(item: Datum, value: object) -> Datum:
    """The list of an item, so that every relation speaks of one place."""
    return Datum(item.source, item.pointer[:-1], value, item.path)


def _stranger(relation: Relation) -> Breach:
    """A name that the list does not hold, at that name."""
    mention: Datum = relation.data[-1].value
    message, expected = relation.message.split("|")
    return Breach(mention.source, mention.pointer, message, f"noms attendus : {expected}")


def _listed(datum: Datum, relations: list[Relation]) -> Breach:
    """A list that all the other files deny, at its only name that none of them says."""
    heard = {r.data[-1].value.value for r in relations if r.data[0].place == datum.place}
    unheard = [rank for rank, name in enumerate(datum.value) if name not in heard]
    others = ", ".join(f"« {name} »" for name in sorted(heard - set(datum.value)))
    place = (*datum.pointer, unheard[0]) if len(unheard) == 1 else datum.pointer
    told = ", ".join(f"« {datum.value[rank]} »" for rank in unheard) or "cette liste"
    return Breach(
        datum.source,
        place,
        f"{told} ne s’accorde pas avec le reste du dossier, qui nomme {others}",
        "corrigez ce nom, ou toutes les autres mentions",
    )


def _unsigned(case: Case, known: str, party: str, key: str, what: str) -> Iterator[Breach]:
    """A name of a list that is not among the signatories, where none is there in its stead."""
    wanted = {datum.value for datum in data_at(case, known)}
    signed = {datum.value for datum in data_at(case, f"convention.parties.{party}[].{key}")}
    for name in sorted(wanted - signed) if signed and signed <= wanted else ():
        yield case.breach_at(
            "convention",
            ("parties", party),
            f"« {name} » {what} et ne signe pas la convention",
            "ajoutez-la aux parties" if key == "structure" else "ajoutez-le aux parties",
        )


def _same_number(case: Case) -> Iterator[Breach]:
    """Two parties of a convention are two legal persons: their SIREN differ."""
    seen: dict[str, str] = {}
    for place, signatory in signatories(case):
        number, who = str(signatory.get("siret", ""))[:9], str(signatory.get("denomination"))
        if number and number in seen and seen[number] != who:
            yield case.breach_at(
                "convention",
                (*place, "siret"),
                f"« {who} » porte le SIREN de « {seen[number]} », autre partie à la convention",
                "corrigez celui des deux SIRET qui est faux",
            )
        seen.setdefault(number, who)
