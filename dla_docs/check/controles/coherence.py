"""Coherence across the files of a dossier and of an ingénierie (conception §6, R-COH-nn).

What an R- rule of the trade already says keeps its code: a signature after the launch is
R-CVT-01, a report after the restitution R-RES-02.
"""

from collections.abc import Iterator

from dla_docs.check.controles.amounts import r_coh_03, r_coh_04, r_coh_06
from dla_docs.check.controles.case import Breach, Case, folded, full_name
from dla_docs.check.controles.days import r_coh_02
from dla_docs.check.controles.parties import r_coh_05
from dla_docs.check.controles.realisation import known_people
from dla_docs.check.ledger import Relation, blamed, data_at
from dla_docs.load.references import at
from dla_docs.load.yaml_reader import Source

__all__ = ["r_coh_01", "r_coh_02", "r_coh_03", "r_coh_04", "r_coh_05", "r_coh_06", "r_coh_07"]


def r_coh_01(case: Case) -> Iterator[Breach]:
    """One dossier a number, `AAAA-NNN`, and one convention a number in its dossier."""
    if case.scope.level == "ingenierie":
        yield from _same_convention(case)
        return
    same = case.corpus.listing.shelf("dossiers").get(case.scope.reference, ())
    # Of those that share a number, the first keeps it.
    if case.scope.path in same[1:]:
        others = ", ".join(path for path in same if path != case.scope.path)
        yield case.breach_at(
            "dossier",
            (),
            f"le numéro {case.scope.reference} est aussi celui de {others}",
            "donnez à l’un des deux un numéro libre, en renommant son dossier",
        )


def _same_convention(case: Case) -> Iterator[Breach]:
    """The number of a convention is its dossier's own, and of no convention before it."""
    number = case.get("convention", "numero")
    before = [
        scope.name
        for scope in case.corpus.level("ingenierie")
        if scope.unit == case.scope.unit and scope.path < case.scope.path
        if (other := scope.parts.get("convention")) and other.data.get("numero") == number
    ]
    if number and before:
        message = f"le numéro {number} est aussi celui de la convention de « {before[0]} »"
    elif number and case.scope.unit[:4].isdigit() and _of_another(case, number):
        message = f"le numéro {number} est celui d’un autre dossier que {case.scope.reference}"
    else:
        return
    yield case.breach_at("convention", ("numero",), message, "donnez-lui un numéro à elle seule")


def _of_another(case: Case, number: str) -> bool:
    """Whether a number begins as another dossier's does; any other form is the operator's own."""
    known = case.corpus.listing.shelf("dossiers")
    return number[:8] in known and number[:8] != case.scope.reference


def r_coh_07(case: Case) -> Iterator[Breach]:
    """Who answers was asked, who is chosen answered, who works was chosen."""
    if case.holds("consultation"):
        yield from _answers(case)
    elif begun := (*case.series("proposition").values(), *_choice(case)):
        told = "un prestataire est choisi, ou répond, sans consultation.yaml"
        hint = "créez consultation.yaml : qui a été sollicité, quand, et ce qu’il a répondu"
        yield Breach(begun[0], ("consultation.yaml",), told, hint)
    for relation, datum in blamed(list(_chosen(case))):
        message, hint = relation.message.split("|")
        if datum is relation.data[0] and len(relation.data) > 1:
            message = f"« {datum.value} » n’est pas celui des notifications ou de la convention"
            hint = "corrigez le prestataire retenu, ou ce qui le contredit"
        yield Breach(datum.source, datum.pointer, message, hint)
    people = known_people(case)
    for rank, author in enumerate(case.get("rapport-final", "auteurs") or []):
        if people and folded(full_name(author)) not in people:
            yield case.breach_at(
                "rapport-final",
                ("auteurs", rank),
                f"{full_name(author)} n’est pas parmi les intervenant·e·s de la convention",
                "corrigez le nom, ou établissez un avenant",
            )


def _choice(case: Case) -> tuple[Source, ...]:
    return tuple(filter(None, [case.scope.parts.get("choix")]))


def _answers(case: Case) -> Iterator[Breach]:
    """A proposition comes from a prestataire asked, and only one received is noted."""
    answered = case.series("proposition")
    asked = {d.value for d in data_at(case, "consultation.destinataires[].prestataire")}
    case.get("consultation", "destinataires")
    for name, source in answered.items():
        if asked and name not in asked:
            hint = "ajoutez-le aux destinataires, ou retirez la proposition"
            yield Breach(source, (), f"« {name} » n’a pas été sollicité", hint)
    for datum in data_at(case, "consultation.destinataires[].reponse"):
        name = at(datum.source.data, (*datum.pointer[:-1], "prestataire"))
        if name in answered and datum.value not in {"proposition", "hors_delai"}:
            told = f"la proposition de « {name} » est pourtant dans propositions/"
            hint = "corrigez la réponse, ou retirez la proposition"
            yield Breach(datum.source, datum.pointer, told, hint)
    told_already: set[str] = set()
    for datum in data_at(case, "choix.evaluations[].prestataire"):
        if answered and datum.value not in {*answered, *told_already}:
            told_already.add(datum.value)
            hint = f"propositions reçues : {', '.join(sorted(answered))}"
            told = f"« {datum.value} » n’a pas remis de proposition"
            yield Breach(datum.source, datum.pointer, told, hint)


def _chosen(case: Case) -> Iterator[Relation]:
    """Who is retained answered, is told so, and signs; each letter announces what was chosen."""
    for retained in data_at(case, "choix.retenu"):
        if answered := case.series("proposition"):
            told = f"« {retained.value} » n’a pas remis de proposition"
            hint = f"propositions reçues : {', '.join(sorted(answered))}"
            yield Relation((retained,), retained.value in answered, f"{told}|{hint}")
        who = f"le prestataire retenu est « {retained.value} »"
        for letter in data_at(case, "choix.notifications[].decision"):
            name = at(letter.source.data, (*letter.pointer[:-1], "prestataire"))
            agrees = (letter.value == "retenue") == (name == retained.value)
            told = f"la notification contredit le choix : {who}|corrigez la décision annoncée"
            yield Relation((retained, letter), agrees or name is None, told)
        for party in data_at(case, "convention.parties.prestataire[].prestataire"):
            told = f"« {party.value} » n’est pas le prestataire retenu|{who}"
            yield Relation((retained, party), party.value == retained.value, told)
