"""What `dla new` offers: every value that an earlier file holds, and none that is not known."""

from pathlib import Path
from typing import Any

from tests.create.test_new import FOLDER, INGENIERIE, made, read
from tests.scenes import Lancer
from tools.saisie import ROOT, measure


def anew(part: str, where: str, lancer: Lancer, espace: Path, day: str = "2025-04-10") -> Any:
    """A part made again by `dla new`, in the place of the one that was there."""
    folder = Path(FOLDER).parents[1] if "/" not in where else Path(FOLDER)
    (espace / folder / f"{part}.yaml").unlink()
    return read(espace, made(lancer("--date", day, "new", part, where, espace=espace)))


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_each_proposition_is_to_be_noted_by_both_on_the_criteria_of_the_order(
    lancer: Lancer, espace: Path
) -> None:
    order = espace / FOLDER / "cahier-des-charges.yaml"
    rewrite(order, "critere: budget", "critere: ancrage-local\n    intitule: Ancrage local")
    noted = anew("choix", INGENIERIE, lancer, espace)["evaluations"]
    pairs = [(one["prestataire"], one["evaluateur"]) for one in noted]
    assert pairs == [
        (name, by)
        for name in ("delphine-orsatelli", "tamaris-gestion")
        for by in ("charge_mission", "structure")
    ]
    assert list(noted[0]["notes"])[-2:] == ["duree", "ancrage-local"]


def test_the_axes_of_the_diagnostic_are_those_of_the_parcours(lancer: Lancer, espace: Path) -> None:
    axes = read(espace, f"{Path(FOLDER).parents[1]}/diagnostic.yaml")["axes"]
    assert isinstance(axes, list)
    offered = anew("parcours", "2025-003", lancer, espace)["axes_prioritaires"]
    expected = [(axis["code"], axis["priorite"]) for axis in axes]
    assert [(one["axe"], one["rang"]) for one in offered] == expected


def test_who_left_before_the_day_is_offered_nowhere(lancer: Lancer, espace: Path) -> None:
    record = espace / "dossiers/structures/calades-jabron.yaml"
    rewrite(record, "fonction: président\n", "fonction: président\n    fin: 2025-03-31\n")
    parties = anew("convention", INGENIERIE, lancer, espace)["parties"]
    assert parties["beneficiaire"][0]["representant"]["nom"] != "Estoublier"


def test_a_convention_has_the_next_number_of_its_dossier(lancer: Lancer, espace: Path) -> None:
    made(lancer("new", "ingenierie", "2025-003", "Suite", espace=espace))
    path = made(lancer("new", "convention", "2025-003/suite", espace=espace))
    assert read(espace, path)["numero"] == "2025-003-C2"


def test_those_at_the_launch_are_offered_for_the_restitution(lancer: Lancer, espace: Path) -> None:
    launch: Any = read(espace, f"{FOLDER}/realisation.yaml")["lancement"]
    offered = anew("restitution", INGENIERIE, lancer, espace)["presents"]
    assert {one["nom"] for one in offered} == {one["nom"] for one in launch["presents"]}
    assert {one["role"] for one in offered} == {
        "responsable_structure",
        "charge_mission",
        "prestataire",
    }


def test_what_still_lacks_something_is_offered_behind_a_mark(lancer: Lancer, espace: Path) -> None:
    data = anew("reglement", INGENIERIE, lancer, espace)
    text = (espace / FOLDER / "reglement.yaml").read_text("utf-8")
    assert [list(one) for one in data["versements"]] == [["libelle"], ["libelle"]]
    assert '#  titulaire: "Delphine Orsatelli Conseil"' in text


def test_the_measure_counts_what_is_offered_and_what_is_typed(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    counts = dict(measure(ROOT / "dossiers/2026-004-petits-sabots", tmp_path))
    assert counts["dossier"].right == 5
    assert all(one.right + one.calculated + one.typed == one.whole for one in counts.values())


def test_a_comite_is_offered_the_dossiers_that_none_has_seen(
    lancer: Lancer, espace_entier: Path
) -> None:
    waiting = espace_entier / "dossiers/2026-013-presence-verdon"
    for name in ("consultation.yaml", "propositions/faitage.yaml"):
        (waiting / "ingenieries/organisation-tournees" / name).unlink()
    for comite in (espace_entier / "dossiers/comites").glob("2026-*.yaml"):
        comite.unlink()
    data: Any = read(
        espace_entier, made(lancer("new", "comite", "2026-12-03", espace=espace_entier))
    )
    assert [one["dossier"] for one in data["dossiers"]] == ["2026-013-presence-verdon"]
    assert data["dossiers"][0]["moment"] == "avant_consultation"


def test_a_dossier_is_offered_those_of_its_structure_before_it(
    lancer: Lancer, espace_entier: Path
) -> None:
    asked = ("new", "dossier", "Suite", "--structure", "calades-jabron")
    offered = read(espace_entier, made(lancer(*asked, espace=espace_entier)))["precedents"]
    assert [(one["dossier"][:8], one["etat"]) for one in offered] == [
        ("2025-003", "suivi"),
        ("2025-021", "suivi"),
    ]
    assert offered[0]["missions"] == ["Bilan d’organisation et de gestion"]


def test_a_dossier_of_a_new_structure_has_none_before_it(
    lancer: Lancer, espace_entier: Path
) -> None:
    made(lancer("new", "structure", "Jardins du Lien", espace=espace_entier))
    asked = ("new", "dossier", "Début", "--structure", "jardins-du-lien")
    assert "precedents" not in read(espace_entier, made(lancer(*asked, espace=espace_entier)))


def test_the_payments_offered_are_those_of_the_convention_as_amended(
    lancer: Lancer, espace_entier: Path
) -> None:
    where = "2026-002/projet-et-gouvernance"
    path = "dossiers/2026-002-musiques-guillestrois/ingenieries/projet-et-gouvernance"
    convention: Any = read(espace_entier, f"{path}/convention.yaml")
    (espace_entier / path / "reglement.yaml").unlink(missing_ok=True)
    created = lancer("--date", "2026-11-10", "new", "reglement", where, espace=espace_entier)
    offered: Any = read(espace_entier, made(created))["versements"]
    stated = convention["avenants"][0]["echeancier"]
    assert [one["libelle"] for one in offered] == [one["libelle"] for one in stated]
    assert len(offered) != len(convention["echeancier"])


def test_who_was_at_the_launch_and_has_left_office_is_not_offered(
    lancer: Lancer, espace: Path
) -> None:
    record = espace / "dossiers/structures/calades-jabron.yaml"
    rewrite(record, "fonction: président\n", "fonction: président\n    fin: 2025-03-31\n")
    offered = anew("restitution", INGENIERIE, lancer, espace)["presents"]
    assert offered and not any("Estoublier" in one["nom"] for one in offered)
