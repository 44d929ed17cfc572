"""Where a point is: plain evidence, weak evidence, nothing."""

from collections.abc import Sequence

from dla_docs.judge.cues import contracts
from dla_docs.judge.expected import Expected
from dla_docs.judge.passages import passages_of
from dla_docs.judge.points import points_of
from dla_docs.judge.verdict import State, Verdict
from dla_docs.reading.blocks import Cell, Grid, Read, Role, Words

EXPECTED = Expected(
    names={
        "operateur": ("melezin",), "dla": ("dla des hautes-alpes",),
        "structure": ("aubepine du buech",),
    },
    people=(("Claire", "Montagut"),),
)  # fmt: skip
LONG = (
    "Nous écoutons chacun, puis nous réunissons tout le monde, et nous écrivons ce qui est décidé."
)


def title(text: str, rank: int = 1) -> Words:
    return Words(text, Role.HEADING, rank)


def text(words: str, rank: int = 2) -> Words:
    return Words(words, Role.PARAGRAPH, rank)


def table(*rows: Sequence[str]) -> Grid:
    return Grid(tuple(tuple(Cell((Words(cell),)) for cell in row) for row in rows), 1)


def points(*blocks: Words | Grid, kind: str = "proposition") -> dict[str, Verdict]:
    found = passages_of(Read("docx", blocks))
    return {p.name: p for p in points_of(found, contracts()[kind], EXPECTED)}


def test_a_title_with_a_text_below_is_plain() -> None:
    found = points(title("III. Nos enjeux communs"), text(LONG))["rappel.enjeux"]
    assert (found.state, found.proof and found.proof.rank) == (State.PRESENT, 1)


def test_a_title_alone_is_looked_at() -> None:
    found = points(title("Enjeux"), text("À voir."), title("Méthode"), text(LONG))
    assert found["rappel.enjeux"].reason == "le titre y est, presque rien dessous"


def test_a_label_beside_its_answer_is_plain() -> None:
    found = points(title("L’équipe"), text("Statut : gérante. Formation : master de droit."))
    assert found["intervenants.statut"].state is State.PRESENT
    assert found["intervenants.formation"].state is State.PRESENT


def test_a_row_of_a_table_is_a_label() -> None:
    found = points(title("Budget"), table(["Nombre de jours", "6 jours"], ["Total HT", "4 500 €"]))
    assert found["modalites.nombre_jours"].state is State.PRESENT


def test_a_title_without_what_it_must_hold_says_what_lacks() -> None:
    found = points(title("Budget"), text("Nos prix sont les plus justes de toute la région."))
    assert "un montant en euros" in found["modalites.budget"].reason


def test_a_piece_of_a_title_counts_and_its_complement_does_not() -> None:
    found = points(
        title("Calendrier de la mission et budget"),
        text("Juin puis octobre : 4 500 €, tout compris."),
    )
    assert found["modalites.planification"].state is State.PRESENT
    assert found["rappel.mission"].state is State.ABSENT


def test_absent_is_said_where_every_part_is_known() -> None:
    assert points(title("Méthode"), text(LONG))["rappel.enjeux"].state is State.ABSENT


def test_a_part_that_nothing_names_is_where_a_person_looks() -> None:
    found = points(title("Méthode"), text(LONG), title("Le nœud"), text(LONG))["rappel.enjeux"]
    assert found.state is State.DOUBTFUL
    assert "« Le nœud »" in found.reason


def test_what_nothing_in_the_document_can_be_is_absent_all_the_same() -> None:
    found = points(title("Le nœud"), text(LONG))
    assert found["modalites.budget"].state is State.ABSENT


def test_a_sentence_out_of_its_part_is_looked_at() -> None:
    found = points(title("Tarif"), text("L’enjeu est de tenir 4 500 € pour toute la mission."))
    assert found["rappel.enjeux"].reason == "lu dans une phrase, sans titre qui l’annonce"


def test_a_sentence_that_denies_is_looked_at() -> None:
    found = points(
        title("Démarche"), text("Nous n’avons pas de comité de pilotage à vous proposer ici.")
    )
    assert found["modalites.personnes_ressources"].state is State.DOUBTFUL


def test_an_element_of_the_cover_that_is_elsewhere_is_looked_at() -> None:
    found = points(title("Méthode"), text(f"{LONG} Le DLA des Hautes-Alpes, au Mélézin."))
    assert found["garde.porteuse"].reason == "lu plus loin que la page de garde"


def test_half_of_an_element_says_what_lacks() -> None:
    found = points(text("DLA des Hautes-Alpes"), title("Méthode"), text(LONG))["garde.porteuse"]
    assert "le nom de la structure porteuse du DLA" in found.reason


def test_an_age_that_nobody_owes_is_not_said_to_lack() -> None:
    assert "intervenants.age" not in points(title("L’équipe"), text(LONG))


def test_other_words_than_the_mention_are_looked_at() -> None:
    found = points(text("Mission financée par l’État et la Région"), kind="rapport-final")
    assert "les mots exacts n’y sont pas" in found["garde.mention"].reason


def test_a_row_without_an_end_is_named() -> None:
    rows = (
        ["Action", "Qui", "Échéance"],
        ["Recruter", "Le bureau", "mars 2026"],
        ["Écrire", "", ""],
    )
    found = points(title("Actions à mener"), table(*rows), kind="rapport-final")
    assert found["corps.echeancier"].reason == "rien à la ligne 3 du tableau"


def report(*items: str) -> Verdict:
    blocks = [title("Préconisations"), *(text(one) for one in items), title("Annexes"), text(LONG)]
    return points(*blocks, kind="rapport-final")["corps.echeancier"]


def test_each_recommendation_needs_its_day() -> None:
    dated = "- Faire relire les statuts avant le 31 août 2026"
    assert report(dated, "- Nommer un binôme en octobre 2026").state is State.PRESENT
    assert report(dated, "- Nommer un binôme").reason == "une échéance manque à 1 ligne sur 2"


def test_recommendations_without_any_day_have_no_schedule() -> None:
    found = report("- Poursuivre l’étude", "- Transférer les tâches")
    assert (found.state, found.reason) == (State.ABSENT, "une échéance manque à 2 lignes sur 2")


def test_the_calendar_of_what_was_done_is_no_schedule() -> None:
    rows = (["Date", "Séance"], ["26 mai 2025", "Lancement"], ["3 juin 2025", "Visites"])
    found = points(title("Calendrier réalisé"), table(*rows), title("Conclusion"), text(LONG),
                   kind="rapport-final")["corps.echeancier"]  # fmt: skip
    assert found.state is not State.PRESENT


def test_a_dla_called_by_its_number_is_looked_at() -> None:
    found = points(text("Pour le DLA 04"), title("Méthode"), text(LONG))["garde.porteuse"]
    assert "il est seulement question de « DLA »" in found.reason


def test_lines_that_each_say_when_are_a_calendar_whatever_its_title() -> None:
    lines = ("26 mai 2025 : ouverture", "11 juillet 2025 : note", "3 octobre 2025 : rapport")
    found = points(title("Échelonnement"), *map(text, lines))["modalites.planification"]
    assert (found.state, found.proof and found.proof.text) == (State.PRESENT, "Échelonnement")


def test_a_name_on_the_cover_may_be_the_contact() -> None:
    found = points(text("Sophie Marchetti – conseil"), title("Méthode"), text(LONG))
    assert found["garde.contact"].reason == "un nom y est, sans dire que c’est le contact"
