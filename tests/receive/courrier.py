"""Makes the mail of the tutorial « quatre propositions »: `python -m tests.receive.courrier`.

Each file is the trame that the call attaches, filled as a prestataire would, in its own format;
embedded fonts are taken out, as programs that do not keep them do. Made once and committed: a page
is replayed with files that an earlier version sent, as real mail is.
"""

import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from dla_docs.cli import main as dla
from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.receive.filling import Value, filled, form_of
from tests.scenes import ROOT

GIVEN = ROOT / "docs" / "tutoriel"
SENT = date(2026, 3, 2)
SCOPE = "2026-001-transmission-du-fournil/transmission"
BOXES = (
    "page_garde_porte 5_points_rappel tous_points mon_intervention total_est_somme cv_references "
    "proposition_part"
).split()
ROW = "poste quantite prix_unitaire montant_hors_taxes".split()
PERSON = "prenom_nom_age statut_dans formation domaines_competences annees_experience".split()


def offer(
    rows: Sequence[str], team: Sequence[str], left: Sequence[str] = (), **more: str
) -> Mapping[str, Value]:
    """The answers of a proposition; `left`: the boxes that stay empty."""
    values: dict[str, Value] = {f"ma_proposition_{box}": box not in left for box in BOXES}
    for key, names, lines in (("budget", ROW, rows), ("intervenants", PERSON, team)):
        for rank, line in enumerate(lines, 1):
            cells = zip(names, line.split(" | "), strict=True)
            values |= {f"{key}_{rank}_{name}": cell for name, cell in cells}
    return values | more


ALIDADE = offer(
    [
        "Entretiens et ateliers | 4 | 720 | 2 880",
        "Rapport et restitution | 1 | 720 | 720",
        "Déplacements | 3 | 100 | 300",
    ],
    ["Claire Montagut | gérante | master de sociologie | gouvernance, transmission | 18"],
    date="18/03/2026",
    contact="Claire Montagut",
    coordonnees="Alidade et Boussole\n\n52 cours des Micocouliers, 13100 Aix-en-Provence\n\n"
    "contact@alidade.exemple.fr",
    beneficiaire="Une boulangerie d’insertion d’Apt, que sa fondatrice quittera en 2027.",
    problematique="Nommer ce qu’une seule personne sait faire, puis choisir qui le reprendra.",
    enjeux="Ne perdre aucun client, et que l’équipe sache qui décide.",
    objectifs="Une liste des tâches partagée ; un choix du conseil d’administration.",
    mission="Rencontrer chacun, animer le choix, écrire la suite avec des dates.",
    place_parcours="Seule intervention prévue : elle s’appuie sur le diagnostic.",
    methodologie="Huit entretiens, une journée en tournée, deux ateliers.\n\n"
    "Une note à mi-parcours, un rapport, une restitution.",
    personnes_ressources="La fondatrice, la cheffe d’équipe, la présidente, deux clientes.",
    connaissance_secteur="Douze missions auprès de structures d’insertion depuis 2019.",
    nombre_jours="5",
    planification="Mai : entretiens. Juin : ateliers et note. Juillet : restitution.",
    taux_tva="20",
    total_ttc="4 680",
    references="Le Panier des Monts (2024) ; Cuisine Partagée (2025).",
)

FIRST = {
    "contact": "Paul Arnoux",
    "coordonnees": "Atelier du Lavoir\n\n5 rue du Lavoir, 84100 Orange\n\n"
    "paul.arnoux@lavoir.exemple.fr",
    "beneficiaire": "Le Fournil des Collines.",
    "problematique": "Préparer un départ sans casser ce qui marche.",
    "enjeux": "La confiance de l’équipe.",
    "objectifs": "Un plan de passage de relais.",
    "mission": "Accompagner le conseil d’administration dans ses choix.",
    "methodologie": "Des entretiens, puis un atelier d’une journée.",
    "personnes_ressources": "L’équipe et le bureau.",
    "nombre_jours": "6",
    "planification": "De mai à juillet.",
    "taux_tva": "0",
    "total_ttc": "4 200",
}
PAUL = ["Paul Arnoux | consultant | DESS de gestion | animation de collectifs | 22"]
LAVOIR = offer(
    ["Entretiens | 3 | 700 | 2 100", "Ateliers et rapport | 3 | 700 | 2 000"],
    PAUL,
    ("tous_points", "cv_references"),
    date="22/03/2026",
    **FIRST,
)
"""One line of its budget is wrong; it knows neither the sector nor any reference, without a CV."""
LAVOIR_AGAIN = offer(
    ["Entretiens | 3 | 700 | 2 100", "Ateliers et rapport | 3 | 700 | 2 100"],
    PAUL,
    date="26/03/2026",
    connaissance_secteur="Deux épiceries solidaires accompagnées.",
    references="Théâtre des Ocres (2023).",
    **FIRST,
)

PASSEURS = offer(
    [
        "Entretiens et visites | 3 | 650 | 1 950",
        "Ateliers | 2 | 650 | 1 300",
        "Rapport | 1 | 650 | 650",
    ],
    [
        "Samir Belkacem | directeur | master d’économie sociale | insertion, gouvernance | 12",
        "Lucie Ferrand | chargée d’études | licence de gestion | organisation du travail | 4",
    ],
    date="20/03/2026",
    contact="Samir Belkacem",
    coordonnees="Les Passeurs\n\n27 boulevard Gambetta, 30000 Nîmes\n\n"
    "s.belkacem@passeurs.exemple.fr",
    beneficiaire="Une association d’insertion par la boulangerie, à Apt.",
    problematique="Que devient le Fournil quand une seule personne sait tout faire ?",
    enjeux="Neuf emplois, onze cantines, un pain bio livré chaque jour.",
    objectifs="Que trois personnes sachent faire chaque tâche de direction.",
    mission="Cartographier, former des binômes, décider d’une organisation.",
    place_parcours="La seule ingénierie, après le diagnostic.",
    methodologie="Observation, entretiens croisés, deux ateliers, un plan daté.",
    personnes_ressources="La fondatrice, les encadrants, deux administratrices.",
    connaissance_secteur="Membre d’un réseau de l’insertion depuis 2015.",
    nombre_jours="6",
    planification="Une étape par mois, de mai à juillet.",
    taux_tva="0",
    total_ttc="3 900",
    references="Jardins du Gardon (2023) ; Atelier Vélo (2025).",
)

OCRES = offer(
    [
        "Analyse et entretiens | 2 | 850 | 1 700",
        "Ateliers | 2 | 850 | 1 700",
        "Rapport | 0,5 | 850 | 425",
    ],
    ["Jeanne Tardieu | présidente | école de commerce | organisation, finances | 15"],
    date="25/03/2026",
    contact="Jeanne Tardieu",
    coordonnees="Ocres Conseil\n\n6 route de Rustrel, 84400 Apt\n\njeanne@ocres.exemple.fr",
    beneficiaire="Le Fournil des Collines, voisin de nos bureaux.",
    problematique="Une direction à répartir avant un départ annoncé.",
    enjeux="La trésorerie et les contrats avec les cantines.",
    objectifs="Un organigramme et un budget pour deux ans.",
    mission="Analyser les tâches et leur coût, proposer deux scénarios.",
    place_parcours="Elle suit le diagnostic.",
    methodologie="Analyse des agendas, six entretiens, deux ateliers.",
    personnes_ressources="La présidente, la fondatrice, le comptable.",
    connaissance_secteur="Cinq boulangeries accompagnées.",
    nombre_jours="4,5",
    planification="Mai et juin ; restitution en juillet.",
    taux_tva="20",
    total_ttc="4 590",
    references="Moulin de Luberon (2024).",
)

MAIL: Mapping[str, Mapping[str, Value]] = {
    "courrier-1/proposition Alidade.docx": ALIDADE,
    "courrier-1/Reponse DLA Fournil.odt": LAVOIR,
    "courrier-1/trame-proposition.pdf": PASSEURS,
    "courrier-2/Reponse DLA Fournil corrigee.odt": LAVOIR_AGAIN,
    "courrier-2/proposition-ocres.html": OCRES,
}


def workspace_in(folder: Path) -> Path:
    """The workspace of the tutorial, on the day of the call."""
    CliRunner().invoke(dla, ["init", str(folder)], catch_exceptions=False)
    for given in ("diagnostic", "appel"):
        shutil.copytree(GIVEN / given, folder, dirs_exist_ok=True)
    asked = ["--workspace", str(folder), "--date", SENT.isoformat()]
    asked += ["render", "2026-001", "--document", "trame-proposition"]
    CliRunner().invoke(dla, asked, catch_exceptions=False)
    return folder


def without_fonts(content: bytes) -> bytes:
    """An office file without the fonts that it embeds, and what names them."""
    if not content.startswith(b"PK"):
        return content
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as held, zipfile.ZipFile(made, "w") as copy:
        for entry in held.infolist():
            if re.match(r"(word/fonts|Fonts)/|word/_rels/fontTable", entry.filename):
                continue
            part = held.read(entry.filename)
            if entry.filename.endswith(
                ("fontTable.xml", "manifest.xml", "content.xml", "styles.xml")
            ):
                part = re.sub(rb"<w:embed\w+ [^>]*/>", b"", part)
                part = re.sub(rb'<manifest:file-entry [^>]*full-path="Fonts/[^>]*/>', b"", part)
                part = re.sub(rb"<svg:font-face-src>.*?</svg:font-face-src>", b"", part, flags=re.S)
            kind = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            copy.writestr(entry, part, kind)
    return made.getvalue()


def make(into: Path) -> None:
    """Write every file of the mail."""
    with TemporaryDirectory() as place:
        folder = workspace_in(Path(place).resolve())
        examined = examine(Workspace(folder), SENT, (SCOPE,))
        for name, values in MAIL.items():
            format = name.rpartition(".")[2]
            blank, _ = form_of(examined, f"{SCOPE}/trame-proposition-vierge", format)
            sent = (folder / "documents" / SCOPE / f"trame-proposition.{format}").read_bytes()
            path = into / name.partition("/")[0] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(without_fonts(filled(sent, blank, values, format)))


if __name__ == "__main__":
    make(GIVEN)
