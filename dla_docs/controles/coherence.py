"""Coherence across the files of a dossier and of an ingénierie (conception §6, R-COH-nn).

What an R- rule of the trade already says keeps its code: a signature after the launch is
R-CVT-01, a report after the restitution R-RES-02.
"""

from collections.abc import Iterator

from dla_docs.controles.amounts import r_coh_03, r_coh_04, r_coh_06
from dla_docs.controles.case import Breach, Case, folded, full_name
from dla_docs.controles.convention import signatories
from dla_docs.controles.days import r_coh_02
from dla_docs.controles.ledger import data_at
from dla_docs.controles.realisation import known_people

__all__ = ["r_coh_01", "r_coh_02", "r_coh_03", "r_coh_04", "r_coh_05", "r_coh_06", "r_coh_07"]


def r_coh_01(case: Case) -> Iterator[Breach]:
    """One dossier a number: `AAAA-NNN` is unique."""
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


def r_coh_05(case: Case) -> Iterator[Breach]:
    """The parties are the same from one file to the next."""
    yield from _strangers(
        case, "ingenierie.structures[]", "dossier.structures[]", "n’est pas du dossier"
    )
    wanted = {d.value for d in data_at(case, "ingenierie.structures[]")}
    known = "ingenierie.structures[]"
    not_served = "n’est pas bénéficiaire de l’ingénierie"
    yield from _strangers(case, "convention.parties.beneficiaire[].structure", known, not_served)
    yield from _strangers(case, "evaluation.beneficiaires[].structure", known, not_served)
    yield from _strangers(
        case,
        "convention.parties.dla[].operateur",
        "dossier.operateurs[]",
        "ne conduit pas ce dossier",
    )
    for path in ("dossier.consentements[].structure", "suivi.post_accompagnement[].structure"):
        yield from _strangers(case, path, "dossier.structures[]", "n’est pas du dossier")
    signed = {d.value for d in data_at(case, "convention.parties.beneficiaire[].structure")}
    for name in sorted(wanted - signed) if signed and case.holds("convention") else ():
        yield case.breach_at(
            "convention",
            ("parties", "beneficiaire"),
            f"« {name} » est bénéficiaire de l’ingénierie et ne signe pas la convention",
            "ajoutez-la aux parties",
        )
    if case.holds("convention"):
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


def _strangers(case: Case, path: str, known: str, what: str) -> Iterator[Breach]:
    """A breach for each name found at a path and not at another, which must have some."""
    expected = {datum.value for datum in data_at(case, known)}
    for datum in data_at(case, path) if path.split(".")[0] in case.scope.parts else ():
        if expected and datum.value not in expected:
            yield Breach(
                datum.source,
                datum.pointer,
                f"« {datum.value} » {what}",
                f"noms attendus : {', '.join(sorted(expected))}",
            )


def r_coh_07(case: Case) -> Iterator[Breach]:
    """Who answers was asked, who is chosen answered, who works was chosen."""
    yield from _answers(case)
    yield from _letters(case)
    retained = case.get("choix", "retenu")
    for datum in data_at(case, "convention.parties.prestataire[].prestataire"):
        if retained and datum.value != retained:
            hint = f"le prestataire retenu est « {retained} »"
            told = f"« {datum.value} » n’est pas le prestataire retenu"
            yield Breach(datum.source, datum.pointer, told, hint)
    people = known_people(case)
    for rank, author in enumerate(case.get("rapport-final", "auteurs") or []):
        if people and folded(full_name(author)) not in people:
            yield case.breach_at(
                "rapport-final",
                ("auteurs", rank),
                f"{full_name(author)} n’est pas parmi les intervenant·e·s de la convention",
                "corrigez le nom, ou établissez un avenant",
            )


def _answers(case: Case) -> Iterator[Breach]:
    """A proposition comes from a prestataire asked; a note or a choice is about one received."""
    asked = {d.value for d in data_at(case, "consultation.destinataires[].prestataire")}
    answered = case.series("proposition")
    for name, source in answered.items():
        if asked and name not in asked:
            hint = "ajoutez-le aux destinataires, ou retirez la proposition"
            yield Breach(source, (), f"« {name} » n’a pas été sollicité", hint)
    for path in ("choix.retenu", "choix.evaluations[].prestataire"):
        for datum in data_at(case, path):
            if answered and datum.value not in answered:
                hint = f"propositions reçues : {', '.join(sorted(answered))}"
                told = f"« {datum.value} » n’a pas remis de proposition"
                yield Breach(datum.source, datum.pointer, told, hint)


def _letters(case: Case) -> Iterator[Breach]:
    """Each letter announces what was chosen."""
    retained = case.get("choix", "retenu")
    for rank, letter in enumerate(case.get("choix", "notifications") or []):
        named = letter.get("decision") == "retenue"
        if retained and named != (letter.get("prestataire") == retained):
            yield case.breach_at(
                "choix",
                ("notifications", rank, "decision"),
                f"la notification contredit le choix : le prestataire retenu est « {retained} »",
                "corrigez la décision annoncée",
            )
