"""Five propositions for one mission, by five hands that never saw our form, some of them faulty."""

from tests.judge.written import Paper

FUNDERS = (
    "financeur-etat", "financeur-banque-des-territoires", "financeur-region",
    "financeur-departement-05", "financeur-union-europeenne",
)  # fmt: skip

CABINET = Paper(
    "cabinet", "docx",
    (
        ("p", "DLA des Hautes-Alpes, porté par Le Mélézin, appui aux associations"),
        ("p", "Offre d’accompagnement stratégique"),
        ("p", "pour l’association L’Aubépine du Buëch"),
        ("p", "Aix-en-Provence, le 22 avril 2025"),
        ("p", "Votre interlocutrice : Claire Montagut"),
        ("p", "Alidade et Boussole, 52 cours des Micocouliers, 13100 Aix-en-Provence"),
        ("p", "04 65 71 13 50 – contact@alidade.exemple.fr"),
        ("i", FUNDERS),
        ("page", ""),
        ("h", "1. Votre situation, telle que nous l’avons comprise"),
        ("p", "L’Aubépine du Buëch est un chantier d’insertion de vingt-trois salariés qui entretient "
              "des sentiers et des espaces verts autour de Laragne."),
        ("h", "2. La question posée"),
        ("p", "La directrice part dans deux ans. Faut-il chercher la même personne, ou redessiner ce "
              "poste qui a grossi avec elle et que personne n’a jamais décrit ?"),
        ("h", "3. Ce qui se joue"),
        ("p", "Garder la confiance des communes, transmettre des savoirs qui ne sont écrits nulle part, "
              "donner aux administrateurs le goût de trancher."),
        ("h", "4. Buts et livrables"),
        ("p", "À la fin, l’association aura voté quelques orientations et retenu une manière de se "
              "diriger ; vous nous demandez deux ateliers, une carte des tâches et un plan jusqu’au départ."),
        ("h", "5. Comment nous travaillerons"),
        ("p", "Nous commençons par des entretiens, puis une journée sur les chantiers. Deux ateliers "
              "suivent, l’un sur le cap, l’autre sur les scénarios, et nous préparons avec le bureau la "
              "séance du conseil où tout se décide."),
        ("h", "6. Qui nous rencontrerons"),
        ("p", "La directrice, les trois encadrants techniques, la présidente et le trésorier, puis trois "
              "partenaires choisis avec vous."),
        ("h", "7. Notre connaissance du secteur"),
        ("p", "Depuis 2012 nous accompagnons des structures d’insertion dans les Alpes et en Provence."),
        ("h", "8. Planning"),
        ("t", [["Étape", "Quand"], ["Lancement", "26 mai 2025"], ["Ateliers", "juin 2025"],
               ["Conseil d’administration", "23 septembre 2025"], ["Restitution", "14 octobre 2025"]]),
        ("h", "9. Prix"),
        ("t", [["Poste", "Jours", "Prix par jour HT", "Montant HT"],
               ["Entretiens et visites", "2", "780 €", "1 560 €"],
               ["Ateliers", "2", "780 €", "1 560 €"],
               ["Plan et restitution", "1,5", "780 €", "1 170 €"],
               ["Total HT", "", "", "4 290 €"], ["TVA 20 %", "", "", "858 €"],
               ["Total TTC", "", "", "5 148 €"]]),
        ("h", "10. Qui sommes-nous"),
        ("p", "Claire Montagut, associée gérante d’Alidade et Boussole. Master de développement "
              "territorial. Dix-huit ans d’expérience : 18 ans auprès d’associations employeuses. Ses "
              "domaines de compétences : la stratégie et la coopération."),
        ("p", "Julien Sabatery, associé, titulaire d’un DESCF, spécialiste du modèle économique."),
        ("h", "11. Missions comparables"),
        ("p", "Régie de quartier des Bouches-du-Rhône, projet et transmission, 2024. Réseau régional de "
              "jardins d’insertion, mutualisation, 2023."),
    ),
    absent=frozenset({"intervenants.age"}),
)  # fmt: skip

UNIVERSITAIRE = Paper(
    "universitaire", "odt",
    (
        ("p", "Proposition d’intervention"),
        ("p", "Dispositif local d’accompagnement : DLA des Hautes-Alpes"),
        ("p", "Bénéficiaire : L’Aubépine du Buëch"),
        ("p", "Alidade et Boussole"),
        ("p", "contact@alidade.exemple.fr, 04 65 71 13 50"),
        ("h", "Introduction : contexte et problématique"),
        ("p", "Association créée en 1998, L’Aubépine du Buëch conduit un atelier et chantier d’insertion. "
              "Elle s’interroge sur l’avenir de sa direction, dont le départ est annoncé, et sur la "
              "capacité de ses instances à se saisir des choix qui l’attendent."),
        ("h", "Finalités"),
        ("p", "L’accompagnement vise à produire des orientations partagées et un scénario de direction "
              "soutenable par l’équipe comme par les administrateurs."),
        ("h", "Démarche"),
        ("p", "Notre approche relève de la recherche-action : entretiens semi-directifs, observation des "
              "chantiers, ateliers de mise en débat, restitution intermédiaire et finale."),
        ("p", "Un comité de pilotage réunira la présidente, la directrice et le chargé de mission."),
        ("h", "Calendrier prévisionnel"),
        ("p", "Mai 2025 : entretiens. Juin 2025 : ateliers. Septembre 2025 : séance du conseil. Octobre "
              "2025 : restitution."),
        ("h", "Durée"),
        ("p", "L’intervention représente 6 jours, préparation comprise."),
        ("h", "Éléments financiers"),
        ("p", "Le budget détaillé sera transmis ultérieurement."),
        ("h", "L’équipe"),
        ("p", "Claire Montagut est docteure en sociologie, consultante associée. Elle intervient depuis "
              "plus de 15 ans et a pour domaines de compétences la gouvernance et le travail."),
    ),
    absent=frozenset({
        "garde.porteuse", "garde.date", "garde.contact", "garde.logos", "rappel.enjeux",
        "rappel.mission", "modalites.connaissance_secteur", "modalites.budget",
        "intervenants.age", "intervenants.references",
    }),
    partly=frozenset({"garde.porteuse"}),
)  # fmt: skip

EQUIPE_D_ABORD = Paper(
    "equipe-d-abord", "pdf",
    (
        ("p", "ALIDADE ET BOUSSOLE"),
        ("p", "Notre réponse pour L’Aubépine du Buëch"),
        ("p", "24/04/2025"),
        ("page", ""),
        ("h", "Notre équipe"),
        ("p", "Claire Montagut, gérante. Diplômée d’un master de développement local, elle a 18 ans "
              "d’expérience dans le conseil aux associations."),
        ("p", "Julien Sabatery, consultant, ingénieur de formation, expert en montages juridiques, exerce "
              "depuis 2014."),
        ("h", "Ils nous ont fait confiance"),
        ("p", "Deux ressourceries de la Drôme en 2022, un réseau de jardins d’insertion en 2023, une "
              "régie de quartier en 2024."),
        ("h", "Votre besoin"),
        ("p", "Trouver comment diriger l’association après le départ annoncé de la directrice, sans que "
              "tout repose de nouveau sur une seule personne."),
        ("h", "Enjeux et objectifs"),
        ("p", "L’enjeu est de préserver vingt-trois emplois. L’objectif est d’obtenir des choix votés à "
              "l’automne, et un calendrier de transmission."),
        ("h", "Déroulement"),
        ("p", "Phase 1, écouter : huit entretiens individuels et une journée avec les équipes. Phase 2, "
              "construire : deux ateliers. Phase 3, décider : la séance du conseil et la restitution."),
        ("h", "Personnes associées"),
        ("p", "La présidente, le bureau, la directrice et deux salariés volontaires, réunis trois fois."),
        ("h", "Budget et calendrier"),
        ("t", [["Phase", "Jours", "Prix jour", "Montant"],
               ["Écouter", "2", "800 €", "1 600 €"], ["Construire", "2", "800 €", "1 600 €"],
               ["Décider", "1", "800 €", "800 €"], ["Total HT", "", "", "4 200 €"],
               ["TVA 20 %", "", "", "840 €"], ["Total TTC", "", "", "5 040 €"]]),
        ("p", "Démarrage le 26 mai 2025, séance du conseil le 23 septembre 2025, restitution le 14 "
              "octobre 2025."),
    ),
    absent=frozenset({
        "garde.porteuse", "garde.contact", "garde.coordonnees", "garde.logos",
        "rappel.beneficiaire", "rappel.mission", "modalites.connaissance_secteur",
        "intervenants.age",
    }),
    told=("les montants font 4 000 €, le document dit 4 200 €",),
)  # fmt: skip

COPISTE = Paper(
    "copiste", "docx",
    (
        ("p", "Le Mélézin, appui aux associations – DLA des Hautes-Alpes"),
        ("p", "Mission auprès de L’Aubépine du Buëch"),
        ("p", "Le 23 avril 2025"),
        ("p", "Contact : Claire Montagut, contact@alidade.exemple.fr, 04 65 71 13 50"),
        ("i", ("financeur-etat",)),
        ("h", "Rappel de la demande"),
        ("p", "L’Aubépine du Buëch, association de Laragne-Montéglin : vingt-trois salariés, dont seize en "
              "insertion, trois équipes (espaces verts, sentiers et berges, petit patrimoine)."),
        ("h", "Problématique"),
        ("p", "Le départ de la directrice approche et l’association raisonne encore en termes de "
              "remplacement : trouver « la même personne ». Or le poste a grandi avec elle, sans être "
              "redessiné. Il mêle la conduite du projet, le commerce, l’encadrement et une bonne part de "
              "la gestion. Les administrateurs soutiennent mais décident peu."),
        ("h", "Enjeux"),
        ("p", "Passer le relais sans perdre les savoir-faire, les clients ni la confiance des financeurs."),
        ("h", "Objectifs"),
        ("p", "Analyser le fonctionnement actuel, de la gouvernance aux chantiers, et décrire ce que porte "
              "la direction et ce qui peut être réparti autrement."),
        ("h", "Mission attendue"),
        ("p", "Rencontrer l’équipe, dresser la carte des tâches, animer deux ateliers et écrire un plan "
              "d’actions qui mène jusqu’au départ de la directrice."),
        ("h", "Méthodologie proposée"),
        ("p", "Une réunion de lancement, des entretiens, deux ateliers participatifs, une séance de "
              "travail avec le bureau, une restitution devant le conseil d’administration."),
        ("h", "Tarif"),
        ("p", "5 jours à 700 € HT, soit 3 500 € HT. TVA non applicable, article 293 B du CGI."),
        ("h", "Intervenante"),
        ("p", "Claire Montagut, consultante indépendante, 18 ans d’expérience. Formation : master de "
              "développement territorial. Références : régies de quartier, jardins d’insertion, centres "
              "sociaux."),
    ),
    absent=frozenset({
        "modalites.personnes_ressources", "modalites.connaissance_secteur",
        "modalites.planification", "intervenants.age", "intervenants.domaines",
    }),
    partly=frozenset({"garde.logos"}),
    told=("le cahier des charges est recopié",),
)  # fmt: skip

SANS_STYLES = Paper(
    "sans-styles", "docx",
    (
        ("p", "Réponse à la consultation du DLA des Hautes-Alpes (Le Mélézin)"),
        ("p", "L’Aubépine du Buëch"),
        ("p", "Gap, le 5 mai 2025"),
        ("p", "Dossier suivi par Julien Sabatery"),
        ("p", "52 cours des Micocouliers, 13100 Aix-en-Provence"),
        ("p", "contact@alidade.exemple.fr"),
        ("i", FUNDERS[:2]),
        ("b", "Le bénéficiaire"),
        ("p", "L’Aubépine du Buëch emploie vingt-trois personnes à Laragne-Montéglin, surtout pour des "
              "communes ; elle est connue et ses comptes sont sains."),
        ("b", "Les enjeux"),
        ("p", "Il y va de la continuité d’une équipe attachée à sa directrice, et du goût des bénévoles "
              "pour une responsabilité qu’ils ont longtemps déléguée."),
        ("b", "Les objectifs poursuivis"),
        ("p", "Dire qui fera quoi après 2027, écrire un cap et le faire voter."),
        ("b", "Mode opératoire"),
        ("p", "Nous alternons des temps à deux avec la directrice, des temps collectifs sur site et des "
              "retours écrits courts, que chacun corrige avant la séance suivante."),
        ("b", "Chiffrage"),
        ("t", [["Désignation", "Quantité", "P.U. HT", "Total HT"],
               ["Rencontres", "4", "800", "3 000"], ["Ateliers", "2", "800", "1 600"],
               ["Déplacements", "", "", "200"], ["TOTAL HT", "", "", "4 800"],
               ["TVA (20 %)", "", "", "960"], ["TOTAL TTC", "", "", "5 760"]]),
        ("b", "Durée"),
        ("p", "Six journées, soit 6 jours au total, de juin à octobre."),
        ("b", "L’intervenant"),
        ("t", [["Nom", "Julien Sabatery"], ["Âge", "44 ans"], ["Statut", "associé de la coopérative"],
               ["Diplômes", "DESCF, certificat de droit des associations"],
               ["Savoir-faire", "modèle économique, montages de groupements"],
               ["Expérience", "11 ans de conseil"],
               ["Références", "Deux ressourceries de la Drôme, étude de fusion, 2022"]]),
    ),
    absent=frozenset({
        "rappel.problematique", "rappel.mission", "modalites.personnes_ressources",
        "modalites.connaissance_secteur",
    }),
    partly=frozenset({"garde.logos", "modalites.planification"}),
    told=("4 × 800 € font 3 200 €, le document dit 3 000 €", "après la date limite"),
)  # fmt: skip

PROPOSITIONS = (CABINET, UNIVERSITAIRE, EQUIPE_D_ABORD, COPISTE, SANS_STYLES)
