"""`dla new`: a file in its place, filled with what is known, that only a person can complete."""

import re
from pathlib import Path

import pytest
from click.testing import Result

from dla_docs.create.offers import source_of
from dla_docs.create.skeleton import skeleton
from dla_docs.flow import Examined
from dla_docs.load.places import path_of, pattern, slug
from dla_docs.load.references import names
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import TemplateError
from dla_docs.model.examples import scalar
from dla_docs.model.schemas import fields, load_kinds
from dla_docs.model.workspace import Workspace
from tests.sampling import sampled
from tests.scenes import ROOT, Lancer

KINDS = load_kinds(Workspace(ROOT))
INGENIERIE = "2025-003/bilan-organisation-finances"
FOLDER = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
NASTY = [
    "Les Jardins du Lien",
    "Le « Lien » : #1 \"d’abord\" \\ et 'après'",
    "🙂 - [liste] {clé: valeur}",
    "no",
    "0123",
    "12:30:00",
    "null",
    "~",
    "- tiret",
    "&ancre *renvoi !étiquette %",
    "fin: ",
    " espaces ",
    "ligne\ndeux\tret\u2028rour\u0085 fin",
]

DEPTH = 6
"""How many « # » may stand before a key: one for each optional mapping that holds it."""

every_kind = pytest.mark.parametrize("name", KINDS)


def read(espace: Path, relative: str) -> dict[str, object]:
    source = parse(relative, (espace / relative).read_bytes())
    assert source.faults == ()
    assert isinstance(source.data, dict)
    return source.data


def made(result: Result) -> str:
    """The one path that a command says it wrote, from the workspace."""
    assert result.exit_code == 0, result.stderr
    path = result.stdout.strip().replace("\\", "/")
    return path[path.index("dossiers/") :]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_reads_back_as_it_was(text: str) -> None:
    assert parse("x.yaml", f"cle: {scalar(text)}\n".encode()).data == {"cle": text}


@pytest.mark.parametrize("text", NASTY)
def test_a_name_of_any_kind_is_kept(text: str, lancer: Lancer, espace: Path) -> None:
    if slug(text):
        path = made(lancer("new", "structure", "--", text, espace=espace))
        assert path == f"dossiers/structures/{slug(text)}.yaml"
        assert read(espace, path)["denomination"] == text


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Les Jardins du Lien", "les-jardins-du-lien"),
        ("L’Œuvre & Cie – n°2", "l-oeuvre-cie-n-2"),
        ("ÉTÉ à Gap", "ete-a-gap"),
        ("日本", ""),
        ("a" * 40 + " " + "b" * 40, "a" * 40),
        ("a" * 60, "a" * 45),
    ],
)
def test_a_title_makes_a_short_name(title: str, short: str) -> None:
    assert slug(title) == short


@pytest.mark.parametrize("name", ["AUX", "con", "Com1"])
def test_a_name_that_windows_keeps_is_made_longer(name: str, lancer: Lancer, espace: Path) -> None:
    path = lancer("new", "structure", name, espace=espace).stdout.strip()
    assert path.endswith(f"structures/structure-{name.lower()}.yaml")


def test_a_kind_is_known_without_its_accents(lancer: Lancer, espace: Path) -> None:
    said = lancer("new", "Réalisation", espace=espace).stderr
    assert "« dla new realisation » attend une ingénierie" in said


def test_long_titles_one_in_the_other_make_a_path_that_windows_opens(
    lancer: Lancer, espace: Path
) -> None:
    long = "Consolidation du modèle économique et de la gouvernance associative partagée"
    lancer(
        "new",
        "dossier",
        long,
        "--structure",
        "calades-jabron",
        espace=espace,
        DLA_DATE="2027-01-05",
    )
    lancer("new", "ingenierie", "2027-001", long, espace=espace)
    fiche = Path(lancer("new", "prestataire", long, espace=espace).stdout.strip()).stem
    made = lancer("new", "proposition", "2027-001", fiche, espace=espace).stdout.strip()
    assert (
        150 < len(str(Path(made).relative_to(espace) if Path(made).is_absolute() else made)) <= 190
    )


@every_kind
def test_a_blank_file_reads_back_as_what_is_known(name: str, examen: Examined) -> None:
    known = {"x-inconnu": 1}
    text = skeleton(
        KINDS[name].schema, known, "x.json", lambda target: names(examen.corpus, target)
    )
    source = parse("x.yaml", text.encode())
    assert source.faults == ()
    assert set(source.data) >= set(KINDS[name].schema.get("required", ()))


@every_kind
def test_every_commented_key_can_be_uncommented(name: str) -> None:
    schema = KINDS[name].schema
    lines = skeleton(schema, {}, "x.json", lambda target: ()).splitlines()
    for _ in range(DEPTH):
        lines = [uncommented(line) for line in lines]
    source = parse("x.yaml", "\n".join(lines).encode())
    assert source.faults == ()
    allowed = {key for key, field in fields(schema) if "not" not in field}
    assert set(source.data) == allowed


def uncommented(line: str) -> str:
    """A line without the « # » that stands before a key; a comment stays one."""
    bare = line.lstrip()
    if not bare.startswith("#") or bare == "#":
        return line
    rest = bare[1:]
    is_comment = rest.startswith(" ") and not rest.startswith("  ")
    return line if is_comment else line[: len(line) - len(bare)] + rest


@every_kind
def test_a_file_goes_where_its_schema_says(name: str) -> None:
    kind = KINDS[name]
    blanks = pattern(kind).count("*")
    path = path_of(kind, *["x"] * blanks)
    assert (
        path.full_match(pattern(kind)) if hasattr(path, "full_match") else path.match(pattern(kind))
    )
    assert str(path).startswith("dossiers/")


def test_a_new_structure_has_its_name_and_asks_for_the_rest(lancer: Lancer, espace: Path) -> None:
    path = made(lancer("new", "structure", "Les Jardins du Lien", espace=espace))
    assert path == "dossiers/structures/les-jardins-du-lien.yaml"
    assert read(espace, path)["denomination"] == "Les Jardins du Lien"
    result = lancer("check", path, espace=espace)
    found = [line for line in result.stdout.splitlines() if "erreur [" in line]
    assert found
    assert all("il manque «" in line for line in found)


def test_a_new_dossier_takes_the_next_number_and_its_references(
    lancer: Lancer, espace: Path
) -> None:
    words = ("new", "dossier", "Consolider l’emploi", "--structure", "calades-jabron")
    more = ("--operateur", "galabre", "--charge-mission", "lise-carrouge")
    path = made(lancer("--date", "2025-12-01", *words, *more, espace=espace))
    assert path == "dossiers/2025-022-consolider-l-emploi/dossier.yaml"
    data = read(espace, path)
    assert (data["titre"], data["type"]) == ("Consolider l’emploi", "individuel")
    assert data["structures"] == ["calades-jabron"]
    assert (data["operateurs"], data["charges_mission"]) == (["galabre"], ["lise-carrouge"])


def test_two_structures_make_a_collective_dossier(lancer: Lancer, espace: Path) -> None:
    structures = ("--structure", "calades-jabron", "--structure", "aubepine-buech")
    path = made(
        lancer("--date", "2030-01-01", "new", "dossier", "À deux", *structures, espace=espace)
    )
    assert path == "dossiers/2030-001-a-deux/dossier.yaml"
    assert read(espace, path)["type"] == "collectif"


def test_an_empty_folder_keeps_its_number(lancer: Lancer, espace: Path) -> None:
    (espace / "dossiers/2030-004-reserve").mkdir()
    path = made(lancer("--date", "2030-01-01", "new", "dossier", "Suite", espace=espace))
    assert path == "dossiers/2030-005-suite/dossier.yaml"


def test_a_new_ingenierie_takes_the_structures_of_its_dossier(lancer: Lancer, espace: Path) -> None:
    path = made(lancer("new", "ingenierie", "2025-021", "Phase d’essai", espace=espace))
    data = read(espace, path)
    assert path.endswith(
        "2025-021-rapprochement-buech-jabron/ingenieries/phase-d-essai/ingenierie.yaml"
    )
    assert data["type"] == "collectif"
    assert (
        data["structures"]
        == read(espace, "dossiers/2025-021-rapprochement-buech-jabron/dossier.yaml")["structures"]
    )


def test_a_new_cahier_des_charges_names_its_contact(lancer: Lancer, espace: Path) -> None:
    (espace / FOLDER / "cahier-des-charges.yaml").unlink()
    path = made(lancer("new", "cahier-des-charges", INGENIERIE, espace=espace))
    assert read(espace, path)["reponse"] == {"date_limite": None, "contact": "lise-carrouge"}


def test_a_new_convention_copies_its_parties_and_the_proposition(
    lancer: Lancer, espace: Path
) -> None:
    folder = espace / FOLDER
    (folder / "convention.yaml").unlink()
    (folder / "choix.yaml").write_text("date: 2025-04-01\nretenu: alidade\n", encoding="utf-8")
    (folder / "propositions").mkdir(exist_ok=True)
    budget = (
        "budget: {jours: 4.5, taux_jour_ht: 900, total_ht: 4050, taux_tva: 20, total_ttc: 4860}\n"
    )
    (folder / "propositions/alidade.yaml").write_text(budget, encoding="utf-8")
    data = read(espace, made(lancer("new", "convention", INGENIERIE, espace=espace)))
    signers = {
        party: [s["denomination"] for s in listed] for party, listed in data["parties"].items()
    }
    assert signers["beneficiaire"] == ["Les Calades du Jabron"]
    assert signers["prestataire"] == ["Alidade et Boussole"]
    assert data["parties"]["dla"][0]["siret"] == "01058306000024"
    assert [float(data["jours"]), float(data["montant"]["ttc"])] == [4.5, 4860]


def test_nothing_is_ever_overwritten(lancer: Lancer, espace: Path) -> None:
    path = espace / "dossiers/structures/calades-jabron.yaml"
    before = path.read_bytes()
    result = lancer("new", "structure", "Calades Jabron", espace=espace)
    assert result.exit_code == 2
    assert "existe déjà" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("convension", INGENIERIE), "vouliez-vous dire « convention » ?"),
        (("convention",), "attend une ingénierie"),
        (("convention", "2025-021"), "plusieurs ingénieries"),
        (("convention", "alidade"), "n’est pas une ingénierie"),
        (("accueil", "alidade"), "n’est pas un dossier"),
        (("accueil", "2025-003", "de trop"), "attend un dossier"),
        (("proposition", INGENIERIE, "alidad"), "vouliez-vous dire « alidade » ?"),
        (("proposition", INGENIERIE), "un prestataire"),
        (("structure",), "attend un nom"),
        (("structure", "日本"), "aucune lettre"),
        (("comite", "réunion de mars"), "n’est pas une date"),
        (("comite", "12 mars 2026"), "écrivez : dla new comite 2026-03-12"),
        (("comite", "30/02/2026"), "il n’y a que 28 jours en février 2026"),
        (("note-mi-parcours", INGENIERIE), f"dla new realisation {INGENIERIE}"),
        (("avenant", "2025-003"), "dans convention.yaml, à « avenants »"),
        (("lancement",), "dans realisation.yaml, à « lancement »"),
        (("alerte",), "dans realisation.yaml, à « alertes »"),
        (("facture",), "dans reglement.yaml, à « versements[].facture »"),
        (("fiche-comite",), "dans dossiers/comites/<date>.yaml, à « dossiers »"),
        (("D14",), "dans realisation.yaml, à « notes »"),
        (("structures", "Lien"), "écrivez : dla new structure"),
        (("mission", "2025-003"), "écrivez : dla new ingenierie"),
        (("activite", "2026-03"), "n’est pas une année"),
        (("structure", "Lien", "--operateur", "galabre"), "n’a pas d’option --operateur"),
        (("dossier", "Lien", "--structure", "inconnue"), "n’existe pas dans dossiers/structures/"),
        (("dossier", "Lien", "--operateur", "inconnu"), "n’existe pas dans operateurs"),
        (("territoire",), "existe déjà"),
        (("territoire", "de trop"), "n’attend aucun autre mot"),
        (("comite",), "une date écrite AAAA-MM-JJ"),
        (("convention", "2025-003"), "existe déjà"),
        (("dossier", "Lien", "--structure", "buech"), "vouliez-vous dire « aubepine-buech »"),
    ],
)
def test_what_cannot_be_created_is_said(
    words: tuple[str, ...], said: str, lancer: Lancer, espace_entier: Path
) -> None:
    before = sorted(espace_entier.rglob("*"))
    result = lancer("new", *words, espace=espace_entier)
    assert result.exit_code == 2
    assert said in result.stderr
    assert sorted(espace_entier.rglob("*")) == before


def test_a_convention_without_a_choice_has_what_is_known(lancer: Lancer, espace: Path) -> None:
    for name in ("convention", "choix"):
        (espace / FOLDER / f"{name}.yaml").unlink()
    data = read(espace, made(lancer("new", "convention", INGENIERIE, espace=espace)))
    assert data["jours"] is None
    assert data["parties"]["dla"][0]["siret"] == "01058306000024"


def test_a_cahier_des_charges_begins_with_the_six_criteria(lancer: Lancer, espace: Path) -> None:
    (espace / FOLDER / "cahier-des-charges.yaml").unlink()
    data = read(espace, made(lancer("new", "cahier-des-charges", INGENIERIE, espace=espace)))
    assert [list(row.values()) for row in data["criteres"]] == [
        ["comprehension", None],
        ["resultats_attendus", None],
        ["methodologie", None],
        ["profil_references", None],
        ["duree", None],
        ["budget", None],
    ]


def test_the_keys_of_owed_sections_are_there_to_fill(lancer: Lancer, espace: Path) -> None:
    (espace / FOLDER / "rapport-final.yaml").unlink()
    data = read(espace, made(lancer("new", "rapport-final", INGENIERIE, espace=espace)))
    assert {"rappel", "calendrier", "travail", "plan_actions", "annexes"} <= data.keys()


def test_a_quoted_phrase_stays_on_one_line_of_comment() -> None:
    quoted = "« un deux trois quatre cinq »"
    field = {"title": "Clé", "description": f"{'mot ' * 19}{quoted}", "type": "string"}
    schema = {"title": "T", "description": "D.", "properties": {"cle": field}, "required": ["cle"]}
    text = skeleton(schema, {}, "x.json", lambda target: ())
    assert any(quoted in line for line in text.splitlines())


def test_an_amount_is_shown_with_its_cents(lancer: Lancer, espace: Path) -> None:
    (espace / FOLDER / "cahier-des-charges.yaml").unlink()
    path = made(lancer("new", "cahier-des-charges", INGENIERIE, espace=espace))
    text = " ".join((espace / path).read_text("utf-8").replace("#", "").split())
    assert "Exemple : 4800.00." in text


def test_a_comite_names_each_dossier_once(lancer: Lancer, espace: Path) -> None:
    path = made(lancer("new", "comite", "2031-03-12", espace=espace))
    text = " ".join((espace / path).read_text("utf-8").replace("#", "").split())
    known = text.partition("Noms connus : ")[2].partition(".")[0].strip("…").split(", ")
    assert known
    assert all(len(name) > len("2025-003") for name in known)


def test_a_choice_names_those_who_answered(lancer: Lancer, espace: Path) -> None:
    (espace / FOLDER / "choix.yaml").unlink()
    path = made(lancer("new", "choix", INGENIERIE, espace=espace))
    text = " ".join((espace / path).read_text("utf-8").replace("#", "").split())
    assert "Noms connus : delphine-orsatelli, tamaris-gestion." in text


def test_the_help_names_every_part(lancer: Lancer) -> None:
    shown = set(re.findall(r"[a-z-]+", lancer("new", "--help").stdout))
    assert {name for name, kind in KINDS.items() if kind.place != "territoire"} <= shown


@pytest.mark.campagne
@pytest.mark.parametrize("name", sampled(KINDS))
def test_every_part_begins_without_a_fault_but_what_is_to_fill(
    name: str, lancer: Lancer, espace: Path
) -> None:
    kind = KINDS[name]
    words = {
        "structures": ["Essai"],
        "prestataires": ["Essai"],
        "comites": ["2031-03-12"],
        "activite": ["2031"],
        "dossier": ["2025-003"] if name != "dossier" else ["Essai"],
        "ingenierie": [INGENIERIE] if name != "ingenierie" else ["2025-003", "Essai"],
        "propositions": [INGENIERIE, "lisiere"],
    }
    if kind.place == "territoire":
        return
    for old in (espace / "dossiers").rglob(f"{name}.yaml"):
        if name not in {"dossier", "ingenierie"}:
            old.unlink()
    for old in (espace / "dossiers").rglob("propositions/lisiere.yaml"):
        old.unlink()
    path = made(lancer("new", name, *words[kind.place], espace=espace))
    result = lancer("check", path, espace=espace)
    found = [line for line in result.stdout.splitlines() if "erreur [S-" in line]
    asked = ("il manque «", "serait vide")
    assert [line for line in found if not any(words in line for words in asked)] == []
    places = [line.split(" ")[0] for line in found]
    assert len(places) == len(set(places))


def test_a_source_that_is_no_path_is_told() -> None:
    with pytest.raises(TemplateError, match=r"x-depuis.*« Titre »") as caught:
        source_of({"title": "Titre", "x-depuis": "dossier..titre"})
    assert "dossier.type" in caught.value.hint
