"""Five final reports of one mission, by five hands that never saw our form, some of them faulty."""

from tests.judge.propositions import FUNDERS
from tests.judge.written import Paper

SOIGNE = Paper(
    "soigne", "docx",
    (
        ("i", ("dla", "operateur-melezin")),
        ("p", "Rapport d’intervention – L’Aubépine du Buëch"),
        ("p", "Alidade et Boussole, 2 octobre 2025"),
        ("p", "Accompagnement DLA financé par :"),
        ("i", FUNDERS),
        ("page", ""),
        ("h", "Pourquoi cette mission"),
        ("p", "L’association devait préparer le départ de sa directrice. Les objectifs étaient d’écrire un "
              "cap et de choisir une manière de diriger ; la démarche a reposé sur des entretiens et deux "
              "ateliers."),
        ("h", "Journal de la mission"),
        ("t", [["Date", "Ce qui a été fait", "Par qui"],
               ["26 mai 2025", "Lancement", "Claire Montagut"],
               ["17 juin 2025", "Atelier sur le cap", "Claire Montagut et Julien Sabatery"],
               ["23 septembre 2025", "Séance du conseil", "Julien Sabatery"]]),
        ("h", "Ce que nous avons fait"),
        ("p", "Quarante-trois tâches ont été relevées avec la directrice, et les décisions de l’année avec "
              "le bureau. Les ateliers ont produit quatre orientations, votées en septembre."),
        ("h", "Résultats et limites"),
        ("p", "Le conseil a voté et sait désormais ce que porte la direction. La principale difficulté a "
              "été l’absence des équipes en été, qui a resserré le calendrier."),
        ("h", "Feuille de route"),
        ("t", [["Action", "Qui", "Pour quand"],
               ["Recruter deux administrateurs", "La présidente", "31 janvier 2026"],
               ["Écrire les procédures", "La directrice", "30 juin 2026"],
               ["Rencontrer Les Calades du Jabron", "Le bureau", "mars 2026"]]),
        ("h", "Annexes"),
        ("p", "Carte des tâches, carte des décisions, comptes rendus des deux ateliers."),
    ),
)  # fmt: skip

SANS_ECHEANCES = Paper(
    "sans-echeances", "odt",
    (
        ("i", ("operateur-melezin",)),
        ("p", "Compte rendu final de mission"),
        ("p", "L’Aubépine du Buëch"),
        ("p", "3 octobre 2025"),
        ("h", "Rappel du contexte et des objectifs"),
        ("p", "La mission visait à préparer la suite de la direction et à remettre le conseil au centre des "
              "décisions. Elle a été menée par entretiens et ateliers, selon une méthode participative."),
        ("h", "Déroulement"),
        ("p", "Claire Montagut a conduit le lancement le 26 mai 2025, les ateliers des 17 juin 2025 et 1er "
              "juillet 2025, puis la séance du 23 septembre 2025."),
        ("h", "Travaux menés et résultats"),
        ("p", "Deux cartes ont été dressées, celle des tâches et celle des décisions. Quatre orientations "
              "ont été votées. L’équipe a d’abord craint un audit, et ce frein a demandé deux séances de "
              "plus pour être levé."),
        ("h", "Recommandations"),
        ("p", "Répartir la gestion entre deux personnes, confier le commerce à un encadrant volontaire, "
              "former les administrateurs à la lecture des comptes et ouvrir un dialogue avec la structure "
              "voisine."),
        ("h", "Documents remis"),
        ("p", "La carte des tâches et la carte des décisions, au format tableur."),
    ),
    absent=frozenset({"garde.mention", "garde.financeurs", "corps.echeancier"}),
    partly=frozenset({"garde.logos"}),
    told=("Julien Sabatery",),
)  # fmt: skip

EN_PDF = Paper(
    "en-pdf", "pdf",
    (
        ("i", ("dla", "operateur-melezin")),
        ("p", "Note de synthèse"),
        ("p", "Accompagnement de L’Aubépine du Buëch, octobre 2025"),
        ("p", "Avec le soutien financier de l’État, de la Région et du Département"),
        ("i", FUNDERS),
        ("page", ""),
        ("h", "1. La commande"),
        ("p", "Il nous était demandé de préparer la transmission de la direction. Les objectifs portaient "
              "sur le projet et sur la gouvernance ; notre approche a privilégié les ateliers."),
        ("h", "2. Le calendrier réalisé"),
        ("p", "26 mai 2025 : lancement, Claire Montagut. 17 juin 2025 : atelier, Claire Montagut et Julien "
              "Sabatery. 23 septembre 2025 : conseil, Julien Sabatery."),
        ("h", "3. Bilan de la mission"),
        ("p", "L’association dispose d’orientations écrites et d’un scénario choisi. Parmi les résultats, "
              "treize tâches de gestion peuvent quitter la direction dès maintenant. Les obstacles ont été "
              "l’éloignement des chantiers et le peu de temps des bénévoles."),
        ("h", "4. Préconisations et échéancier"),
        ("p", "D’ici le 31 janvier 2026, recruter deux administrateurs. D’ici le 30 juin 2026, écrire les "
              "procédures de gestion. Avant la fin de l’année 2026, décider du rapprochement."),
        ("page", ""),
        ("h", "Annexe 1 : grille d’entretien"),
        ("p", "Douze questions posées aux salariés, aux administrateurs et aux partenaires."),
    ),
    partly=frozenset({"garde.mention"}),
)  # fmt: skip

ANONYME = Paper(
    "anonyme", "docx",
    (
        ("p", "Rapport final"),
        ("p", "L’Aubépine du Buëch"),
        ("p", "Accompagnement DLA financé par :"),
        ("h", "Introduction"),
        ("p", "Ce rapport rend compte de la mission confiée au printemps. Elle avait pour but d’aider le "
              "conseil à choisir, par une démarche en trois temps d’écoute, d’atelier et de décision."),
        ("h", "Déroulé"),
        ("p", "La mission s’est déroulée en plusieurs temps, avec l’équipe puis avec le bureau."),
        ("h", "Analyse"),
        ("p", "L’association repose sur une seule personne, qui décide du commerce comme de la gestion. Le "
              "conseil soutient mais arbitre peu. Ces constats ont abouti à quatre orientations, malgré la "
              "difficulté de réunir les administrateurs."),
        ("h", "Plan d’actions"),
        ("t", [["Préconisation", "Responsable", "Échéance"],
               ["Recruter deux administrateurs", "Présidente", "janvier 2026"],
               ["Écrire les procédures", "Directrice", ""],
               ["Décider du rapprochement", "Conseil", "décembre 2026"]]),
    ),
    absent=frozenset({"garde.logos", "garde.financeurs", "corps.calendrier", "corps.annexes"}),
    partly=frozenset({"corps.echeancier"}),
    told=("Claire Montagut",),
)  # fmt: skip

BREF = Paper(
    "bref", "odt",
    (
        ("p", "Restitution écrite, L’Aubépine du Buëch, le 6 octobre 2025"),
        ("p", "Intervenants : Claire Montagut, Julien Sabatery"),
        ("h", "Le travail accompli"),
        ("p", "Nous avons rencontré toutes les équipes, dressé la carte des tâches et animé deux ateliers. "
              "Le conseil d’administration a retenu un scénario de direction partagée et quatre "
              "orientations pour les cinq ans à venir, ce qui a permis d’ouvrir le dialogue avec la "
              "structure voisine."),
        ("h", "Et maintenant ?"),
        ("p", "Nous recommandons de recruter deux administrateurs avant la fin de janvier 2026, puis "
              "d’écrire les procédures au plus tard le 30 juin 2026."),
    ),
    absent=frozenset({
        "garde.logos", "garde.mention", "garde.financeurs", "corps.rappel", "corps.calendrier",
        "corps.annexes",
    }),
    partly=frozenset({"corps.travail"}),
)  # fmt: skip

REPORTS = (SOIGNE, SANS_ECHEANCES, EN_PDF, ANONYME, BREF)
