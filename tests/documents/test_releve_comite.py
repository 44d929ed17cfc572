"""The relevé of a comité says first who does what, and nothing of whom has not agreed."""

from pathlib import Path

from tests.scenes import Lancer

SEANCE = "dossiers/comites/2026-11-05.yaml"


def releve(lancer: Lancer, espace: Path, folder: Path) -> str:
    words = ["render", SEANCE, "-d", "releve-comite", "-t", "html", "-o", folder]
    assert lancer(*words, espace=espace).exit_code == 0
    (page,) = folder.rglob("releve-comite.html")
    return page.read_text(encoding="utf-8")


def test_what_follows_of_all_dossiers_is_in_one_table_by_date(
    espace_entier: Path, tmp_path: Path, lancer: Lancer
) -> None:
    page = releve(lancer, espace_entier, tmp_path / "sortie")
    order = [
        "Demander dans le cahier",
        "Réunir les services",
        "Faire le point",
        "Mettre la directrice",
    ]
    places = [page.index(words) for words in order]
    assert "Deux dossiers, quatre suites" in page
    assert places == sorted(places)


def test_what_follows_of_a_dossier_that_gave_no_accord_is_not_said(
    espace_entier: Path, tmp_path: Path, lancer: Lancer
) -> None:
    dossier = espace_entier / "dossiers/2026-013-presence-verdon/dossier.yaml"
    given = "    date: 2026-10-20\n"
    text = dossier.read_text(encoding="utf-8")
    assert given in text
    dossier.write_text(text.replace(given, f"{given}    retrait: 2026-11-01\n"), encoding="utf-8")
    page = releve(lancer, espace_entier, tmp_path / "sortie")
    assert "Réunir les services" in page
    assert "Mettre la directrice" not in page
