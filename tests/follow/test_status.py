"""`dla status`: the state that files and dates give, what comes next, what is lacking."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dla_docs.flow import examine
from dla_docs.follow.status import (
    DOSSIER,
    ENDS,
    INGENIERIE,
    LABELS,
    Next,
    Progress,
    progress,
)
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from tests.scenes import Lancer

NAME = "2030-001-essai"
INSIDE = f"{NAME}/ingenieries/mission"
SIGNED = "signature: {date: 2030-05-02}"
FILES = [
    ("redaction", "ingenierie.yaml", "intitule: Mission\n"),
    ("redaction", "cahier-des-charges.yaml", "date: 2030-03-01\n"),
    ("consultation", "consultation.yaml", "date_envoi: 2030-03-02\n"),
    ("selection", "propositions/lisiere.yaml", "date: 2030-03-20\n"),
    ("selection", "choix.yaml", "date: 2030-04-01\nretenu: lisiere\n"),
    (
        "conventionnee",
        "convention.yaml",
        f"parties:\n  dla: [{{{SIGNED}}}]\n  beneficiaire: [{{{SIGNED}}}]\n"
        f"  prestataire: [{{{SIGNED}}}]\n",
    ),
    ("lancee", "realisation.yaml", "lancement: {date: 2030-05-10}\n"),
    ("mi_parcours", "realisation.yaml", "notes: [{date: 2030-06-01}]\n"),
    ("rapport_remis", "rapport-final.yaml", "date: 2030-09-01\n"),
    ("restituee", "restitution.yaml", "date: 2030-09-15\n"),
    ("soldee", "reglement.yaml", "versements: [{libelle: solde, date_paiement: 2030-10-01}]\n"),
    (
        "evaluee",
        "evaluation.yaml",
        "beneficiaires:\n  - structure: calades-jabron\n    date_envoi: 2030-10-02\n"
        "    date_reponse: 2030-10-20\n",
    ),
]
STATES = [state for state, _, _ in FILES]


def write(espace: Path, name: str, text: str) -> None:
    path = espace / "dossiers" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def stand(espace: Path, day: date = date(2031, 1, 1), faulty: bool = False) -> Progress:
    """Where the dossier stands; its files are bare, so their errors count only when `faulty`."""
    examined = examine(Workspace(espace), day, (NAME,))
    shown = examined if faulty else replace(examined, findings=())
    return progress(shown.corpus.scopes[NAME], shown)


@pytest.fixture
def dossier(espace: Path) -> Path:
    write(espace, f"{NAME}/dossier.yaml", "titre: Essai\nstructures: [calades-jabron]\n")
    return espace


@pytest.mark.parametrize("rank", range(len(FILES)), ids=STATES)
def test_the_last_event_gives_the_state_of_an_ingenierie(rank: int, dossier: Path) -> None:
    for _, name, text in FILES[: rank + 1]:
        write(dossier, f"{INSIDE}/{name}", text)
    (inside,) = stand(dossier).inside
    assert inside.state == STATES[rank]


def test_what_is_dated_after_the_day_has_not_taken_place(dossier: Path) -> None:
    for _, name, text in FILES:
        write(dossier, f"{INSIDE}/{name}", text)
    (inside,) = stand(dossier, date(2030, 5, 1)).inside
    assert inside.state == "selection"


def test_a_convention_waits_for_its_last_signature(dossier: Path) -> None:
    for _, name, text in FILES[:6]:
        write(
            dossier,
            f"{INSIDE}/{name}",
            text.replace(f"prestataire: [{{{SIGNED}}}]", "prestataire: [{}]"),
        )
    (inside,) = stand(dossier).inside
    assert inside.state == "selection"
    assert inside.next is not None
    assert inside.next.path.endswith("convention.yaml")
    assert inside.next.datum == "parties.prestataire[0].signature.date"


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        ("decision: suspension", "suspendue"),
        ("decision: suspension, date_reprise: 2030-07-01", "lancee"),
        ("decision: arret", "arretee"),
        ("decision: poursuite", "lancee"),
        # A demand refused afterwards does not make a suspended mission go on.
        (
            "decision: suspension, date_decision: 2030-06-02}, {date: 2030-06-03, "
            "decision: hors_cadre_refuse",
            "suspendue",
        ),
    ],
)
def test_an_alerte_may_halt_an_ingenierie(decision: str, state: str, dossier: Path) -> None:
    for _, name, text in FILES[:7]:
        write(dossier, f"{INSIDE}/{name}", text)
    told = f"alertes: [{{date: 2030-06-01, {decision}, date_decision: 2030-06-05}}]\n"
    write(dossier, f"{INSIDE}/realisation.yaml", FILES[6][2] + told)
    (inside,) = stand(dossier).inside
    assert inside.state == state


def test_a_consultation_without_choice_is_fruitless(dossier: Path) -> None:
    for _, name, text in FILES[:4]:
        write(dossier, f"{INSIDE}/{name}", text)
    write(dossier, f"{INSIDE}/choix.yaml", "date: 2030-04-01\ninfructueux: true\n")
    (inside,) = stand(dossier).inside
    assert (inside.state, inside.next) == ("infructueuse", None)


@pytest.mark.parametrize(
    ("name", "text", "state"),
    [
        ("x-rien.yaml", "", "demande"),
        ("accueil.yaml", "date: 2030-01-10\n", "accueil"),
        ("accueil.yaml", "date: 2030-01-10\ndecision: reorienter\n", "reoriente"),
        ("accueil.yaml", "date: 2030-01-10\ndecision: abandon\n", "abandonne"),
        ("diagnostic.yaml", "date: 2030-02-10\n", "diagnostic"),
        (
            "diagnostic.yaml",
            "validation: {date: 2030-02-20, instance: ca, signataire: A}\n",
            "diagnostic_valide",
        ),
        ("parcours.yaml", "date: 2030-02-25\n", "parcours"),
        (
            "parcours.yaml",
            "validation: {date: 2030-02-28, instance: ca, signataire: A}\n",
            "parcours_valide",
        ),
        ("ingenieries/mission/ingenierie.yaml", "intitule: Mission\n", "coordination"),
        ("suivi.yaml", "bilans: [{ingenierie: mission}]\n", "suivi"),
    ],
)
def test_the_last_event_gives_the_state_of_a_dossier(
    name: str, text: str, state: str, dossier: Path
) -> None:
    write(dossier, f"{NAME}/{name}", text)
    assert stand(dossier).state == state


def test_a_dossier_presented_to_the_comite_says_so(dossier: Path) -> None:
    told = f"dossiers: [{{dossier: {NAME}, moment: suivi, presentation: anonyme}}]\n"
    write(dossier, "comites/2030-03-01.yaml", f"date: 2030-03-01\n{told}")
    assert stand(dossier).state == "comite_appui"


def test_a_dossier_is_not_closed_while_a_mission_runs(dossier: Path) -> None:
    write(dossier, f"{INSIDE}/ingenierie.yaml", "intitule: Mission\n")
    write(dossier, f"{NAME}/suivi.yaml", "bilans: [{ingenierie: mission}]\n")
    assert stand(dossier).state == "coordination"


def test_each_next_command_brings_the_next_state(dossier: Path, lancer: Lancer) -> None:
    commands = []
    for _, name, text in FILES:
        write(dossier, f"{INSIDE}/{name}", text)
        (inside,) = stand(dossier).inside
        commands.append(inside.next.command if inside.next else "")
    parts = [command.split()[2] for command in commands if command]
    assert parts == [
        "cahier-des-charges",
        "consultation",
        "proposition",
        "choix",
        "convention",
        "realisation",
        "rapport-final",
        "restitution",
        "reglement",
        "evaluation",
    ]
    assert all(command.split()[3] == "2030-001/mission" for command in commands if command)


def test_every_state_can_be_told(racine: Path) -> None:
    path = package_data("schemas") / "sorties/statut.schema.json"
    shape = json.loads(path.read_text(encoding="utf-8"))["items"]["properties"]
    inside = shape["ingenieries"]["items"]["properties"]
    halted = {"suspendue", "arretee"}
    assert set(shape["etat"]["enum"]) == {event.state for event in DOSSIER}
    assert set(inside["etat"]["enum"]) == {event.state for event in INGENIERIE} | halted
    assert set(LABELS) | ENDS <= {*shape["etat"]["enum"], *inside["etat"]["enum"]}


def test_a_dossier_asked_for_shows_its_documents(lancer: Lancer, espace: Path) -> None:
    (path,) = (espace / "dossiers").glob("2025-003-*/ingenieries/*/cahier-des-charges.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("version: 1", "version: 0"), encoding="utf-8")
    data = json.loads(lancer("status", "2025-003", "--json", espace=espace).stdout)
    schema = json.loads((package_data("schemas") / "sorties/statut.schema.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    (one,) = data
    lacking = [d for d in one["documents"] if d["etat"] == "incomplet"]
    assert "cahier-des-charges" in [d["chemin"].rpartition("/")[2] for d in lacking]
    assert "cahier-des-charges.yaml:" in lacking[0]["causes"][0]
    shown = lancer("status", "2025-003", espace=espace).stdout
    assert lacking[0]["causes"][0] in shown


@pytest.mark.parametrize("name", ["2025-999", "alidade", "territoire"])
def test_what_is_not_a_dossier_is_refused(name: str, lancer: Lancer) -> None:
    assert lancer("status", name).exit_code == 2


def test_without_dossier_there_is_nothing_to_tell(lancer: Lancer, tmp_path: Path) -> None:
    write(tmp_path, "territoire.yaml", "nom: Vide\n")
    result = lancer("status", espace=tmp_path)
    assert (result.exit_code, result.stdout) == (0, "Aucun.\n")
    assert "dla new structure" in result.stderr


def test_an_empty_list_of_dossiers_says_how_to_begin(lancer: Lancer, tmp_path: Path) -> None:
    write(tmp_path, "territoire.yaml", "nom: Vide\n")
    result = lancer("list", "dossiers", espace=tmp_path)
    assert result.stdout == "Aucun.\n"
    assert "dla new structure" in result.stderr
    assert "dla new dossier" in result.stderr


def test_errors_come_before_the_next_part(dossier: Path, lancer: Lancer) -> None:
    write(dossier, f"{INSIDE}/ingenierie.yaml", "intitule: Mission\n")
    one = stand(dossier, faulty=True)
    (inside,) = one.inside
    assert (one.next, inside.next) == (
        Next(command=f"dla check dossiers/{NAME}", mends=True),
        Next(command=f"dla check dossiers/{INSIDE}", mends=True),
    )
    shown = lancer("status", NAME, espace=dossier).stdout
    assert f"corriger : dla check dossiers/{INSIDE}" in shown


def test_the_first_part_that_is_missing_is_proposed_while_a_mission_runs(dossier: Path) -> None:
    write(dossier, f"{INSIDE}/ingenierie.yaml", "intitule: Mission\n")
    assert stand(dossier).next == Next(command="dla new accueil 2030-001")
    write(dossier, f"{NAME}/accueil.yaml", "date: 2030-01-10\ndecision: poursuivre\n")
    assert stand(dossier).next == Next(command="dla new diagnostic 2030-001")


def test_a_validated_parcours_is_shown_to_a_comite(dossier: Path) -> None:
    prepared(dossier)
    assert stand(dossier).next == Next(command="dla new comite AAAA-MM-JJ")


def test_a_comite_to_come_is_where_a_parcours_will_be_shown(dossier: Path) -> None:
    prepared(dossier)
    write(dossier, "comites/2031-02-03.yaml", "date: 2031-02-03\n")
    step = stand(dossier).next
    assert step is not None
    assert (step.path, step.datum) == ("dossiers/comites/2031-02-03.yaml", "dossiers")


def test_after_the_comite_comes_the_mission(dossier: Path) -> None:
    prepared(dossier)
    write(dossier, "comites/2030-03-01.yaml", f"dossiers: [{{dossier: {NAME}}}]\n")
    one = stand(dossier)
    assert (one.state, one.next and one.next.command.split()[:3]) == (
        "comite_appui",
        ["dla", "new", "ingenierie"],
    )


def prepared(espace: Path) -> None:
    """What comes before a mission, done and validated."""
    valid = "validation: {date: 2030-02-20, instance: ca, signataire: A}\n"
    write(espace, f"{NAME}/accueil.yaml", "date: 2030-01-10\ndecision: poursuivre\n")
    write(espace, f"{NAME}/diagnostic.yaml", valid)
    write(espace, f"{NAME}/parcours.yaml", valid)


def test_the_follow_up_waits_for_the_end_of_the_missions(dossier: Path) -> None:
    prepared(dossier)
    for _, name, text in FILES[:-1]:
        write(dossier, f"{INSIDE}/{name}", text)
    assert stand(dossier).next is None
    write(dossier, f"{INSIDE}/evaluation.yaml", FILES[-1][2])
    assert stand(dossier).next == Next(command="dla new suivi 2030-001")


def test_a_suspended_mission_is_not_at_its_end(dossier: Path) -> None:
    prepared(dossier)
    told = "alertes: [{date: 2030-06-01, decision: suspension, date_decision: 2030-06-02}]\n"
    write(dossier, f"{INSIDE}/realisation.yaml", FILES[6][2] + told)
    write(dossier, f"{INSIDE}/ingenierie.yaml", "intitule: Mission\n")
    assert [one.state for one in stand(dossier).inside] == ["suspendue"]
    assert stand(dossier).next is None


@pytest.mark.parametrize(
    ("text", "datum", "told"),
    [
        (
            "versements: [{libelle: acompte}, {libelle: solde}]\n",
            "versements[1].date_paiement",
            "date_paiement, dans le 2e élément de versements",
        ),
        (
            "versements: [{libelle: acompte}]\n",
            "versements[libelle=solde].date_paiement",
            "date_paiement, dans l’élément « libelle: solde » de versements",
        ),
    ],
)
def test_the_datum_to_write_is_where_it_is_in_the_file(
    text: str, datum: str, told: str, dossier: Path
) -> None:
    for _, name, content in FILES[:10]:
        write(dossier, f"{INSIDE}/{name}", content)
    write(dossier, f"{INSIDE}/reglement.yaml", text)
    (inside,) = stand(dossier).inside
    assert inside.next is not None
    assert (inside.next.datum, inside.next.told) == (datum, told)


def test_the_state_of_a_document_is_french_in_a_table(lancer: Lancer) -> None:
    shown = lancer("list", "documents", "2025-003").stdout
    assert "non_commence" not in shown
    assert "non commencé" in shown
    assert "prêt" in shown
