"""What one document may read: its audience, the consents, the values ready to print."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dla_docs.context.context import Context, build_context
from dla_docs.context.views import TemplateFault, View
from dla_docs.documents.documents import documents
from dla_docs.flow import examine
from dla_docs.model.errors import TemplateError
from dla_docs.model.resources import package_data
from dla_docs.model.values import Code, Euros, Pourcent, Riche, printed
from dla_docs.model.workspace import Workspace
from dla_docs.tree.template import Templates
from tests.scenes import JOUR, ROOT

CALADES = "2025-003-calades-jabron"
RAPPROCHEMENT = "2025-021-rapprochement-buech-jabron"
MANIFEST = """\
identifiant: D06
titre: Essai
sujet: ingenierie.intitule
etape: coordination
auteur: charge_mission
destinataires: [{destinataires}]
formats: [html]
portee: ingenierie
donnees: {donnees}
date: cahier-des-charges.date
sections: []
"""
CONSENT = """\
  - objet: {objet}
    portee: [{portee}]
    structure: {structure}
    date: 2025-02-01
    signataire: Une présidente
"""

Contexte = Callable[..., Context]


@pytest.fixture
def contexte(espace: Path) -> Contexte:
    """`contexte("operateur, consultes", dossier)`: what a document for that audience may read."""

    def build(
        audience: str = "operateur",
        dossier: str = CALADES,
        template: str = "",
        donnees: str = "[cahier-des-charges, structure]",
    ) -> Context:
        folder = espace / "templates" / "essai"
        folder.mkdir(parents=True, exist_ok=True)
        manifest = MANIFEST.format(destinataires=audience, donnees=donnees)
        (folder / "document.yaml").write_text(manifest, encoding="utf-8")
        (folder / "document.md.j2").write_text(template, encoding="utf-8")
        examined = examine(Workspace(espace), JOUR, (dossier,))
        every = documents(examined.corpus, {"essai": examined.types["essai"]})
        document = next(d for d in every if d.scope.path.startswith(dossier) and d.begun)
        return build_context(document, examined.corpus)

    return build


@pytest.fixture
def remplir(espace: Path, contexte: Contexte) -> Callable[..., str]:
    """`remplir("{{ … }}", "consultes")`: a line of template filled for an audience."""

    def fill(template: str, audience: str = "operateur") -> str:
        context = contexte(audience, template=template)
        return Templates(Workspace(espace)).fill(context).markdown

    return fill


def read(context: Context, path: str) -> Any:
    """A datum by its path, as a template reads it."""
    value: Any = context.names
    for step in path.split("."):
        value = value[int(step) if step.isdigit() else step]
    return value


CLOSED = [
    ("operateur, consultes", "dossier.demande"),
    ("operateur, prestataire", "dossier.demande"),
    ("operateur, structure", "dossier.derogations"),
    ("operateur, consultes", "structures.0.siret"),
    ("operateur, consultes", "structures.0.dirigeants"),
    ("operateur, comite", "cahier_des_charges.problematique"),
    ("public", "ingenierie.cofinancements"),
]


@pytest.mark.parametrize(("audience", "path"), CLOSED)
def test_a_field_closed_to_one_addressee_raises(
    contexte: Contexte, audience: str, path: str
) -> None:
    with pytest.raises(TemplateFault, match="n’est pas destiné à ce public"):
        read(contexte(audience), path)


@pytest.mark.parametrize(
    ("audience", "path"),
    [
        ("operateur", "dossier.demande"),
        ("structure", "dossier.demande.canal"),
        ("consultes", "structures.0.denomination"),
        ("public", "territoire.nom"),
    ],
)
def test_an_open_field_is_there(contexte: Contexte, audience: str, path: str) -> None:
    assert None is not read(contexte(audience), path)


@pytest.mark.parametrize(
    "line",
    [
        "{{ dossier.demande.canal }}",
        "{% if dossier.demande is defined %}x{% endif %}",
        "{{ dossier.demande | default('x') }}",
        "{{ dossier['demande'].canal }}",
        "{% if dossier.demande %}x{% endif %}",
        "{{ dossier.demande | attr('canal') }}",
        "{% set d = dossier %}{{ d.demande.canal }}",
        "{{ dossier._data }}",
        "{{ dossier._data['demande'] }}",
        "{{ dossier.__class__ }}",
        "{% for cle in dossier %}{{ cle }}{% endfor %}",
        "{{ dossier | list }}",
        "{{ dossier | tojson }}",
        "{{ dossier }}",
        "{{ [dossier] | map(attribute='demande') | first }}",
        "{{ dossier | attr('_data') }}",
        "{{ dossier | dictsort }}",
    ],
)
def test_no_way_round_gives_a_closed_field(remplir: Callable[..., str], line: str) -> None:
    with pytest.raises(TemplateError):
        remplir(line, "operateur, consultes")


@pytest.mark.parametrize("line", ["{{ dossier | string }}", "{{ '%s' % dossier }}"])
def test_a_set_of_fields_is_never_text(remplir: Callable[..., str], line: str) -> None:
    with pytest.raises(TemplateError):
        remplir(line)


def test_an_unknown_field_is_told_with_the_nearest(contexte: Contexte) -> None:
    with pytest.raises(TemplateFault, match=r"« dossier\.titres » n’existe pas.*« titre »"):
        read(contexte(), "dossier.titres")


@pytest.mark.parametrize("line", ["{{ dossier.titres | default('x') }}", "{{ dosier.titre }}"])
def test_an_unknown_name_raises_even_with_a_default(remplir: Callable[..., str], line: str) -> None:
    with pytest.raises(TemplateError, match="n’existe pas"):
        remplir(line)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ingenierie.comite_pilotage", None),
        ("structures.0.sigle", None),
        ("structures.0.adresse.complement", None),
        ("territoire.financeurs.0.departements", ()),
        ("dossier.derogations", ()),
    ],
)
def test_an_absent_optional_field_is_none_or_empty(
    contexte: Contexte, path: str, expected: object
) -> None:
    assert expected == read(contexte(), path)


@pytest.mark.parametrize("part", ["parcours", "rapport-final"])
def test_a_part_that_is_not_there_yet_is_none(contexte: Contexte, espace: Path, part: str) -> None:
    name = part.replace("-", "_")
    assert contexte().names[name] is not None
    for file in (espace / "dossiers").rglob(f"{part}.yaml"):
        file.unlink()
    assert None is contexte().names[name]


def test_a_view_cannot_be_changed(contexte: Contexte) -> None:
    view = contexte().names["dossier"]
    assert isinstance(view, View)
    with pytest.raises(TypeError):
        view["titre"] = "autre"  # type: ignore[index]
    with pytest.raises(AttributeError):
        view.titre = "autre"


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        ("cahier_des_charges.date", date, "10\u00a0mars 2025"),
        ("cahier_des_charges.budget_max_ttc", Euros, "3\u202f600,00\u00a0€"),
        ("convention.montant.taux_tva", Pourcent, "0\u00a0%"),
        ("convention.echeancier.0.pourcentage", Pourcent, "30\u00a0%"),
        ("convention.jours", Decimal, "5"),
        ("convention.echeancier.0.pieces.0", Code, "convention signée"),
        ("structures.0.employeuse", bool, "oui"),
        ("cahier_des_charges.problematique", Riche, None),
        ("structures.0.siret", Code, "011\u00a0690\u00a0534\u00a000026"),
        ("dossier.operateurs.0.nom", str, "Fabrique associative du Galabre"),
        ("cahier_des_charges.reponse.contact.prenom", str, "Lise"),
        ("structures.0.emplois.0.etp", Decimal, "11,6"),
    ],
)
def test_a_value_is_ready_to_print(
    contexte: Contexte, path: str, kind: type, expected: str | None
) -> None:
    value = read(contexte(), path)
    assert isinstance(value, kind)
    assert expected is None or expected == printed(value)


def test_a_code_compares_as_its_code_and_prints_its_label(contexte: Contexte) -> None:
    code = read(contexte(), "dossier.demande.canal")
    assert (code, printed(code)) == ("orientation", "orientation par un partenaire")


def test_a_text_of_a_file_is_read_with_its_folder(contexte: Contexte) -> None:
    text = read(contexte(), "rapport_final.travail.realise")
    assert isinstance(text, Riche)
    assert text.folder.endswith("/bilan-organisation-finances")
    assert "fichier" not in text[:20]


def test_a_text_file_with_a_mark_and_windows_line_ends_reads_alike(
    contexte: Contexte, espace: Path
) -> None:
    path = next((espace / "dossiers" / CALADES).rglob("travail-realise.md"))
    before = read(contexte(), "rapport_final.travail.realise")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert before == read(contexte(), "rapport_final.travail.realise")


def test_the_cover_carries_the_reference_never_the_slug(contexte: Contexte) -> None:
    assert contexte().names["document"].reference == "2025-003"


def test_the_author_is_the_first_operator_of_the_dossier(contexte: Contexte) -> None:
    assert contexte().author == "Fabrique associative du Galabre"


def test_a_document_sees_no_other_dossier(contexte: Contexte) -> None:
    structures = contexte().names["structures"]
    assert [s["denomination"] for s in structures] == ["Les Calades du Jabron"]


@pytest.fixture
def accord_requis(espace: Path) -> None:
    """A workspace where the presentation of a structure waits for its agreement."""
    path = package_data("schemas") / "structure.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    field = schema["properties"]["presentation"]
    field |= {"x-diffusion": ["operateur", "structure"], "x-accord": True}
    (espace / "schemas").mkdir()
    text = json.dumps(schema, ensure_ascii=False)
    (espace / "schemas/structure.schema.json").write_text(text, encoding="utf-8")


def consent(root: Path, dossier: str, *consents: str) -> None:
    """Replace the consents of a dossier."""
    path = root / "dossiers" / dossier / "dossier.yaml"
    text = path.read_text(encoding="utf-8").partition("consentements:\n")[0]
    given = "consentements:\n" + "".join(consents) if consents else ""
    path.write_text(text + given, encoding="utf-8")


def agreed(
    objet: str = "structure.presentation",
    portee: str = "consultes",
    structure: str = "calades-jabron",
) -> str:
    return CONSENT.format(objet=objet, portee=portee, structure=structure)


OPEN = "structures.0.presentation"


@pytest.mark.parametrize(
    "given",
    [
        (),
        (agreed("rapport-final"),),
        (agreed(portee="comite"),),
        (agreed("structure.adresse"),),
        (agreed("structure.present"),),
        (agreed() + "    retrait: 2025-02-02\n",),
    ],
    ids=["rien", "autre-partie", "autre-public", "autre-champ", "prefixe", "retrait"],
)
def test_what_needs_an_agreement_is_none_without_it(
    contexte: Contexte, espace: Path, accord_requis: None, given: tuple[str, ...]
) -> None:
    consent(espace, CALADES, *given)
    assert None is read(contexte("operateur, consultes"), OPEN)


@pytest.mark.parametrize(
    "given",
    [
        (agreed(),),
        (agreed("structure"),),
        (agreed(portee="comite, consultes"),),
        (agreed() + "    retrait: 2025-02-02\n", agreed()),
    ],
    ids=["champ", "partie", "plusieurs-publics", "redonne"],
)
def test_an_agreement_opens_what_it_names(
    contexte: Contexte, espace: Path, accord_requis: None, given: tuple[str, ...]
) -> None:
    consent(espace, CALADES, *given)
    assert isinstance(read(contexte("operateur, consultes"), OPEN), Riche)


def test_those_who_see_it_need_no_agreement(
    contexte: Contexte, espace: Path, accord_requis: None
) -> None:
    consent(espace, CALADES)
    assert isinstance(read(contexte("operateur, structure"), OPEN), Riche)


@pytest.mark.parametrize(
    ("structures", "open_"),
    [(["calades-jabron"], False), (["aubepine-buech", "calades-jabron"], True)],
)
def test_every_structure_of_a_collective_dossier_must_agree(
    contexte: Contexte, espace: Path, accord_requis: None, structures: list[str], open_: bool
) -> None:
    whole = ROOT / "dossiers" / RAPPROCHEMENT
    shutil.copytree(whole, espace / "dossiers" / RAPPROCHEMENT, dirs_exist_ok=True)
    consent(espace, RAPPROCHEMENT, *(agreed(structure=name) for name in structures))
    found = read(contexte("operateur, consultes", RAPPROCHEMENT), OPEN)
    assert open_ == (found is not None)


@pytest.mark.parametrize("given", [(), (agreed(),)])
def test_a_template_knows_of_the_agreement(
    contexte: Contexte, espace: Path, accord_requis: None, given: tuple[str, ...]
) -> None:
    consent(espace, CALADES, *given)
    agreement = contexte("operateur, consultes").names["accord"]
    assert bool(given) == agreement("structure.presentation")


def test_a_consent_opens_nothing_that_waits_for_none(contexte: Contexte, espace: Path) -> None:
    consent(espace, CALADES, agreed("dossier.demande"))
    with pytest.raises(TemplateFault):
        read(contexte("operateur, consultes"), "dossier.demande")


@pytest.mark.parametrize(
    ("day", "told"), [("2025-03-20", True), ("2025-04-03", True), ("2025-04-15", False)]
)
def test_a_letter_tells_no_request_of_a_later_day(espace: Path, day: str, told: bool) -> None:
    path = espace / f"dossiers/{CALADES}/ingenieries/bilan-organisation-finances/choix.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("date_demande: 2025-04-08", f"date_demande: {day}"), "utf-8")
    examined = examine(Workspace(espace), JOUR)
    label = f"{CALADES}/bilan-organisation-finances/notification-tamaris-gestion"
    letter = next(d for d in documents(examined.corpus, examined.types) if d.label == label)
    element = build_context(letter, examined.corpus).names["element"]
    assert (element["date_demande"] is not None) == told
    assert (element["motif"] is not None) == told
