"""The catalogue: what a manifest declares, and the documents it makes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dla_docs.documents.documents import Document, documents
from dla_docs.documents.manifests import load_types
from dla_docs.documents.types import DocumentType
from dla_docs.flow import Examined, examine
from dla_docs.model.errors import TemplateError
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR

MANIFEST = """\
identifiant: D06
titre: Bordereau
sujet: ingenierie.intitule
etape: coordination
auteur: charge_mission
destinataires: [operateur, structure]
formats: [html]
portee: ingenierie
donnees: [convention]
date: convention.date
sections: []
"""
EACH = "pour_chaque: convention.intervenants\ncle: nom"
INGENIERIE = "2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
CONVENTION = f"dossiers/{INGENIERIE}/convention.yaml"


def manifest(root: Path, text: str = MANIFEST, name: str = "bordereau") -> Path:
    """A type of the workspace's own."""
    path = root / "templates" / name / "document.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def made(root: Path, name: str = "bordereau", scope: str = INGENIERIE) -> list[Document]:
    examined = examine(Workspace(root), JOUR)
    every = documents(examined.corpus, examined.types)
    return [d for d in every if d.type.name == name and d.scope.path == scope]


def types_of(espace: Path) -> dict[str, DocumentType]:
    workspace = Workspace(espace)
    return load_types(workspace, load_kinds(workspace))


def test_a_folder_is_a_type(espace: Path) -> None:
    manifest(espace)
    assert isinstance(types_of(espace)["bordereau"], DocumentType)


def test_the_package_s_types_stay(espace: Path) -> None:
    before = types_of(espace)
    manifest(espace)
    assert {*before, "bordereau"} == set(types_of(espace))


def test_the_workspace_s_own_manifest_wins(espace: Path) -> None:
    manifest(espace, name="convention")
    assert types_of(espace)["convention"].titre == "Bordereau"


def test_a_folder_of_shared_pieces_is_no_type(espace: Path) -> None:
    manifest(espace, name="_morceaux")
    assert "_morceaux" not in types_of(espace)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("titre: Bordereau", "tittre: Bordereau", "2:1", "« tittre »"),
        ("formats: [html]", "formats: [html, doc]", "7:17", "« doc »"),
        ("titre: Bordereau\n", "", "1:1", "« titre »"),
        ("portee: ingenierie", "portee: canton", "8:9", "« canton »"),
        ("titre: Bordereau", "titre: Bord: eau", "2:12", "« : »"),
        ("identifiant: D06", "identifiant: 6", "1:14", "texte"),
    ],
)
def test_a_faulty_manifest_is_told_at_its_place(
    espace: Path, old: str, new: str, place: str, words: str
) -> None:
    path = manifest(espace, MANIFEST.replace(old, new))
    with pytest.raises(TemplateError) as caught:
        types_of(espace)
    assert caught.value.message.startswith(f"{path}:{place}: ")
    assert words in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("sujet: ingenierie.intitule", "sujet: ingenierie.intitle", "3:8", "ingenierie.intitle"),
        ("sujet: ingenierie.intitule", "sujet: ingenierie..date", "3:8", "ingenierie..date"),
        ("donnees: [convention]", "donnees: [convetion]", "9:11", "« convetion »"),
        ("date: convention.date", "date: convention.jours", "10:7", "n’est pas une date"),
        ("date: convention.date", "date: [convention.fin]", "10:8", "« convention.fin »"),
        ("sections: []", "sections: []\nsi: {champ: element.date}", "12:13", "« element.date »"),
        ("sections: []", "sections: []\npour_chaque: element.notes", "12:14", "« element.notes »"),
        (
            "sections: []",
            f"sections: []\n{EACH}".replace("nom", "surnom"),
            "13:6",
            "« element.surnom »",
        ),
    ],
)
def test_a_path_of_a_manifest_that_leads_nowhere_is_told_at_its_place(
    espace: Path, old: str, new: str, place: str, words: str
) -> None:
    path = manifest(espace, MANIFEST.replace(old, new))
    with pytest.raises(TemplateError) as caught:
        types_of(espace)
    assert caught.value.message.startswith(f"{path}:{place}: ")
    assert words in caught.value.message
    assert "convention.date" in caught.value.hint


def test_the_advice_names_the_nearest_key(espace: Path) -> None:
    manifest(espace, MANIFEST.replace("titre:", "tittre:"))
    with pytest.raises(TemplateError) as caught:
        types_of(espace)
    assert "« titre »" in caught.value.hint


def test_an_empty_manifest_is_told(espace: Path) -> None:
    path = manifest(espace, "")
    with pytest.raises(TemplateError) as caught:
        types_of(espace)
    assert caught.value.message.startswith(f"{path}:1:1: ")


def test_a_document_knows_where_it_goes(espace: Path) -> None:
    manifest(espace)
    (document,) = made(espace)
    folder = "2025-003-calades-jabron/bilan-organisation-finances"
    assert (folder, "bordereau") == (document.folder, document.stem)
    assert f"{folder}/bordereau" == document.label


def test_a_document_of_a_dossier_is_named_after_its_reference(espace: Path) -> None:
    text = MANIFEST.replace("portee: ingenierie", "portee: dossier")
    dated = text.replace("convention.date", "dossier.demande.date")
    manifest(espace, dated.replace("convention", "dossier"))
    (document,) = made(espace, scope="2025-003-calades-jabron")
    assert document.label == "2025-003-calades-jabron/bordereau-2025-003"


@pytest.mark.parametrize(
    ("portee", "scope", "folder"),
    [
        ("territoire", "territoire", "territoire"),
        ("prestataire", "prestataires/alidade", "prestataires/alidade"),
    ],
)
def test_a_document_out_of_a_dossier_has_its_own_folder(
    espace: Path, portee: str, scope: str, folder: str
) -> None:
    manifest(espace, MANIFEST.replace("portee: ingenierie", f"portee: {portee}"))
    (document,) = made(espace, scope=scope)
    assert f"{folder}/bordereau" == document.label


def test_a_title_carries_its_subject(espace: Path) -> None:
    manifest(espace)
    (document,) = made(espace)
    assert document.title == "Bordereau – Bilan d’organisation et de gestion"


def test_a_title_without_subject_is_that_of_the_type(espace: Path) -> None:
    manifest(espace, MANIFEST.replace("ingenierie.intitule", "structure.sigle"))
    assert [document.title for document in made(espace)] == ["Bordereau"]


def test_the_day_comes_from_the_data(espace: Path) -> None:
    manifest(espace)
    assert [date(2025, 4, 14)] == [document.date for document in made(espace)]


def test_of_several_days_the_last_is_that_of_what_was_made_again(espace: Path) -> None:
    manifest(
        espace, MANIFEST.replace("convention.date", "cahier-des-charges.calendrier.etapes[].date")
    )
    assert [date(2025, 7, 10)] == [document.date for document in made(espace)]


def test_the_day_is_unknown_while_the_data_does_not_say(espace: Path) -> None:
    manifest(espace, MANIFEST.replace("convention.date", "prestataire.mise_a_jour"))
    assert [document.date for document in made(espace)] == [None]


def keys(found: Iterable[Document]) -> list[str]:
    return [document.stem for document in found]


def test_one_document_for_each_item_of_a_list(espace: Path) -> None:
    manifest(espace, MANIFEST + EACH)
    (espace / CONVENTION).write_text(
        (espace / CONVENTION)
        .read_text(encoding="utf-8")
        .replace("intervenants:\n", "intervenants:\n  - prenom: Ana\n    nom: Roux\n"),
        encoding="utf-8",
    )
    assert keys(made(espace)) == ["bordereau-Roux", "bordereau-Orsatelli"]


def test_an_item_without_its_key_takes_its_rank(espace: Path) -> None:
    manifest(espace, MANIFEST + EACH.replace("cle: nom", "cle: email"))
    assert keys(made(espace)) == ["bordereau-1"]


def test_a_list_of_words_gives_its_words(espace: Path) -> None:
    manifest(espace, MANIFEST + "pour_chaque: ingenierie.structures\n")
    assert keys(made(espace)) == ["bordereau-calades-jabron"]


def test_without_items_the_document_is_not_begun(espace: Path) -> None:
    manifest(
        espace, MANIFEST + EACH.replace("convention.intervenants\ncle: nom", "dossier.derogations")
    )
    assert [document.begun for document in made(espace)] == [False]


def test_without_its_first_part_a_document_is_not_begun(espace: Path) -> None:
    manifest(espace)
    (espace / CONVENTION).unlink()
    assert [document.begun for document in made(espace)] == [False]


def test_sources_are_those_of_the_scope_and_of_what_it_names(examen: Examined) -> None:
    every = documents(examen.corpus, {"convention": examen.types["convention"]})
    (document,) = [d for d in every if d.scope.path == INGENIERIE]
    found = document.sources(examen.corpus)
    expected = ["dossiers/structures/calades-jabron.yaml"]
    assert expected == [source.path for source in found["structure"]]
    expected = ["dossiers/prestataires/delphine-orsatelli.yaml"]
    assert expected == [source.path for source in found["prestataire"]]


COLLECTIF = "2025-021-rapprochement-buech-jabron/ingenieries"


@pytest.mark.parametrize(
    ("mission", "days"), [("phase-1-transition", ["2026-09-22"]), ("phase-2-mise-en-place", [])]
)
def test_an_ingenierie_has_its_own_reviews_among_those_of_its_dossier(
    mission: str, days: list[str], examen: Examined
) -> None:
    every = documents(examen.corpus, {"bilan": examen.types["bilan-ingenierie"]})
    own = [d for d in every if d.scope.path == f"{COLLECTIF}/{mission}"]
    assert [d.key for d in own if d.item] == days


@pytest.mark.parametrize(("key", "read"), [("2025", False), ("2025-2026-public", True)])
def test_a_bilan_that_is_published_is_for_everyone(key: str, read: bool, examen: Examined) -> None:
    kind = examen.types["bilan-activite"]
    (found,) = (d for d in documents(examen.corpus, {kind.name: kind}) if d.key == key)
    assert ("public" in found.audience) is read


def test_a_copy_is_for_the_public_that_its_item_names(examen: Examined) -> None:
    kind = examen.types["synthese-partenaires"]
    (copy,) = (
        d for d in documents(examen.corpus, {kind.name: kind}) if d.scope.reference == "2025-003"
    )
    assert copy.audience == {"operateur", "financeurs"}
    # An item that names none may go to anybody.
    assert replace(copy, item=()).audience == {"operateur", "public"}
