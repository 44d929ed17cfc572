"""Who is who: numbers, structures and operators, prestataires, from one file to the next."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, listing
from dla_docs.check.ledger import Datum, Relation
from dla_docs.load.places import REFERENCE
from dla_docs.model.words import folded, quoted

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


@rule("R-COH-01")
def one_dossier_a_number(facts: Facts) -> Iterator[Relation]:
    """One dossier a number, `AAAA-NNN`: of those that share one, the first keeps it."""
    if facts.scope.level != "dossier":
        return
    same = facts.corpus.listing.shelf("dossiers").get(facts.scope.reference, ())
    head = facts.file("dossier")
    if head and facts.scope.path in same[1:]:
        others = ", ".join(path for path in same if path != facts.scope.path)
        yield fault(
            Datum(head, (), head.data),
            f"le numéro {facts.scope.reference} est aussi celui de {others}",
            "donnez à l’un des deux un numéro libre, en renommant son dossier",
        )


@rule("R-COH-01")
def one_convention_a_number(facts: Facts) -> Iterator[Relation]:
    """The number of a convention is its dossier's own, and of no convention before it."""
    hint = "donnez-lui un numéro à elle seule"
    for number in facts.data("convention.numero"):
        before = [
            scope.name
            for scope in facts.corpus.level("ingenierie")
            if scope.unit == facts.scope.unit and scope.path < facts.scope.path
            if facts.within(scope).value("convention.numero") == number.value
        ]
        if before:
            told = f"le numéro {number.value} est aussi celui de la convention de « {before[0]} »"
            yield fault(number, told, hint)
        elif number_of_another(facts, number.value):
            told = f"le numéro {number.value} est celui d’un autre dossier que "
            yield fault(number, told + facts.scope.reference, hint)


def number_of_another(facts: Facts, number: str) -> bool:
    """Whether a number begins as another dossier's does; any other form is the operator's own."""
    begins = number[:REFERENCE]
    # The unit of a dossier begins with its year.
    if not facts.scope.unit[:4].isdigit():
        return False
    return begins in facts.corpus.listing.shelf("dossiers") and begins != facts.scope.reference


@rule("R-COH-05")
def parties_are_the_same(facts: Facts) -> Iterator[Relation]:
    """The names written in a file are of the list that should hold them."""
    for listed, paths, what in AGREE:
        yield from _names(facts, listed, paths, what)


def _names(facts: Facts, listed: str, paths: tuple[str, ...], what: str) -> Iterator[Relation]:
    """One relation a mention, with the list that should hold it when that may be what is wrong.

    It may when no mention agrees with it, or when two files agree against it.
    """
    items = list(facts.each(listed))
    names = tuple(item.value for item in items if item.value is not None)
    mentions = [mention for path in paths for mention in facts.data(path)]
    # A collective ingénierie of one structure lacks others: its list is what is told.
    if not names or not mentions or (listed.startswith("ingenierie") and _alone(facts, names)):
        return
    whole = listing(items[0])
    instead = (whole, *_denied(whole, names, {m.value for m in mentions}))
    agreeing = any(mention.value in names for mention in mentions)
    for mention in mentions:
        files = {m.source.path for m in mentions if m.value == mention.value}
        sure = agreeing and len(files) == 1
        yield Relation(
            (mention,) if sure else (whole, mention),
            mention.value in names,
            f"« {mention.value} » {what}",
            f"noms attendus : {', '.join(sorted(names))}",
            tuple(items),
            (instead,),
        )


def _alone(facts: Facts, names: tuple[str, ...]) -> bool:
    return facts.value("ingenierie.type") == "collectif" and len(names) == 1


def _denied(whole: Datum, names: tuple[str, ...], heard: set[str]) -> tuple[str, str]:
    """The words for a list that all the other files deny."""
    others = quoted(sorted(heard - set(names)))
    told = quoted(name for name in names if name not in heard) or "cette liste"
    message = f"{told} ne s’accorde pas avec le reste du dossier, qui nomme {others}"
    return message, "corrigez ce nom, ou toutes les autres mentions"


@rule("R-COH-05")
def every_party_signs(facts: Facts) -> Iterator[Relation]:
    """A name of the list is among the signatories, unless one is there in its stead."""
    if not facts.holds("convention"):
        return
    for listed, party, key, what in SIGN:
        wanted = {datum.value for datum in facts.data(listed)}
        signatories = list(facts.each(f"convention.parties.{party}[].{key}"))
        signed = {datum.value for datum in signatories}
        absent = sorted(wanted - signed) if signed and signed <= wanted else []
        group = facts.at(f"convention.parties.{party}")
        if absent and group:
            hint = "ajoutez-la aux parties" if key == "structure" else "ajoutez-le aux parties"
            message = f"{quoted(absent)} {what} et ne signe pas la convention"
            yield fault(group, message, hint, *facts.each(listed), *signatories)


@rule("R-COH-05")
def parties_are_distinct(facts: Facts) -> Iterator[Relation]:
    """Two parties of a convention are two legal persons: their SIREN differ."""
    first: dict[str, Datum] = {}
    for siret in facts.data("convention.parties[][].siret") if facts.holds("convention") else ():
        # A SIRET is a SIREN, 9 digits, and the number of an establishment.
        other, name = first.setdefault(siret.value[:9], siret), beside(siret, "denomination").value
        twin = beside(other, "denomination").value
        if folded(str(twin)) != folded(str(name)):
            told = f"« {name} » porte le SIREN de « {twin} », autre partie à la convention"
            hint = "corrigez celui des deux SIRET qui est faux"
            yield Relation((other, siret), False, told, hint)


@rule("R-COH-08")
def prestataire_has_the_siren_of_its_record(facts: Facts) -> Iterator[Relation]:
    """The prestataire that signs is the legal person of its fiche."""
    for named in facts.data("convention.parties.prestataire[].prestataire"):
        record = facts.record("prestataires", named.value)
        yield from _siren(named, str(record.get("siret") or ""), "sa fiche")


@rule("R-COH-09")
def others_have_the_siren_of_their_record(facts: Facts) -> Iterator[Relation]:
    """The structures and operators that sign are the legal persons of their records."""
    for named in facts.data("convention.parties.beneficiaire[].structure"):
        record = facts.record("structures", named.value)
        yield from _siren(named, str(record.get("siret") or ""), "sa fiche")
    for named in facts.data("convention.parties.dla[].operateur"):
        for siret in facts.data(f"territoire.operateurs[id={named.value}].siret"):
            yield from _siren(named, siret.value, "territoire.yaml")


def _siren(named: Datum, known: str, record: str) -> Iterator[Relation]:
    """The SIREN of a party and of its record; another establishment of it is no fault."""
    siret = beside(named, "siret")
    if siret.value and known:
        told = f"le SIRET de « {named.value} » n’a pas le SIREN que dit {record} ({known[:9]})"
        hint = "corrigez celui des deux qui est faux"
        # A party that is not the right one (R-COH-05, R-COH-07) is the cause: it is told first.
        yield Relation((named, siret), siret.value[:9] == known[:9], told, hint)


@rule("R-COH-07")
def who_answers_was_asked(facts: Facts) -> Iterator[Relation]:
    """A proposition comes from a prestataire asked, and only one received is noted."""
    answered = facts.series("proposition")
    asked = list(facts.each("consultation.destinataires[].prestataire"))
    names = {datum.value for datum in asked}
    if not facts.holds("consultation"):
        begun = [*answered.values(), *(facts.scope.parts[k] for k in ("choix",) if facts.holds(k))]
        if begun:
            told = "un prestataire est choisi, ou répond, sans consultation.yaml"
            hint = "créez consultation.yaml : qui a été sollicité, quand, et ce qu’il a répondu"
            absent = facts.absent_file("consultation", "ingenierie")
            yield fault(Datum(begun[0], absent.pointer, None, absent.file), told, hint)
        return
    for name, source in answered.items():
        if names - {None} and name not in names:
            told, hint = f"« {name} » n’a pas été sollicité", "ajoutez-le aux destinataires, ou "
            yield fault(
                Datum(source, (), source.data), told, f"{hint}retirez la proposition", *asked
            )
    for answer in facts.data("consultation.destinataires[].reponse"):
        name = beside(answer, "prestataire").value
        if name in answered and answer.value not in {"proposition", "hors_delai"}:
            told = f"la proposition de « {name} » est pourtant dans propositions/"
            yield fault(answer, told, "corrigez la réponse, ou retirez la proposition")


@rule("R-COH-07")
def who_is_noted_answered(facts: Facts) -> Iterator[Relation]:
    """A proposition that is noted was received."""
    answered = facts.series("proposition")
    first: dict[str, Datum] = {}
    for noted in facts.data("choix.evaluations[].prestataire") if answered else ():
        # The second mention of a stranger is that of the first.
        if noted.value not in answered and first.setdefault(noted.value, noted) is noted:
            told = f"« {noted.value} » n’a pas remis de proposition"
            yield fault(noted, told, f"propositions reçues : {', '.join(sorted(answered))}")


@rule("R-CON-07")
def who_signs_a_convention_answered(facts: Facts) -> Iterator[Relation]:
    """A convention rests on a proposition. One of several that lacks is a wrong name (R-COH-07)."""
    held = facts.file("convention") if facts.holds("convention") else None
    for retained in facts.data("choix.retenu") if held else ():
        if held and facts.holds("consultation") and not facts.series("proposition"):
            name = f"propositions/{retained.value}.yaml"
            path = f"{PurePosixPath(held.path).parent}/{name}"
            told = f"la convention est établie sans la proposition de « {retained.value} »"
            hint = f"créez {name} : ce que le prestataire retenu a répondu"
            yield Relation((Datum(held, (name,), None, path),), False, told, hint, (retained,))


@rule("R-COH-07")
def a_vain_consultation_chooses_nobody(facts: Facts) -> Iterator[Relation]:
    """Where no proposition is retained, no letter says so of one, and no convention follows."""
    # Vain and with somebody retained, it contradicts itself first (R-SEL-08).
    vains = () if facts.value("choix.retenu") else facts.data("choix[infructueux=true].infructueux")
    for vain in vains:
        if facts.holds("convention"):
            told = "la consultation est dite infructueuse, une convention est pourtant établie"
            hint = "écrivez qui est retenu, ou retirez la convention"
            yield fault(vain, told, hint)
        for letter in facts.data("choix.notifications[decision=retenue].decision"):
            told = "la notification contredit le choix : la consultation est infructueuse"
            yield Relation((vain, letter), False, told, "corrigez l’annonce, ou le choix")


@rule("R-COH-07")
def who_is_chosen_answered_and_signs(facts: Facts) -> Iterator[Relation]:
    """Who is retained answered, is told so, and signs; each letter announces what was chosen."""
    answered = facts.series("proposition")
    for retained in facts.data("choix.retenu"):
        if answered:
            told = f"« {retained.value} » n’a pas remis de proposition"
            hint = f"propositions reçues : {', '.join(sorted(answered))}"
            yield Relation((retained,), retained.value in answered, told, hint)
        who = f"le prestataire retenu est « {retained.value} »"
        denied = f"« {retained.value} » n’est pas celui des notifications ou de la convention"
        instead = ((retained, denied, "corrigez le prestataire retenu, ou ce qui le contredit"),)
        for letter in facts.data("choix.notifications[].decision"):
            name = beside(letter, "prestataire")
            agrees = (letter.value == "retenue") == (name.value == retained.value)
            told, hint = f"la notification contredit le choix : {who}", "corrigez l’annonce"
            holds = agrees or name.value is None
            yield Relation((retained, letter), holds, told, hint, (name,), instead)
        for party in facts.data("convention.parties.prestataire[].prestataire"):
            told = f"« {party.value} » n’est pas le prestataire retenu"
            holds = party.value == retained.value
            yield Relation((retained, party), holds, told, who, (), instead)
