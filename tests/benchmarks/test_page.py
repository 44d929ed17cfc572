"""The page of measures: ratios pair by pair, nothing invented, nothing around it lost."""

from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="Windows ne dit pas ce que coûte un processus")

from benchmarks import page
from benchmarks.content import Content, Piece, as_markdown, as_template, content_of
from benchmarks.measure import Cost, Pair, Work, paired
from benchmarks.results import Line, Part

PAIRS = tuple(Pair(Cost(own, 1), Cost(2 * own, 3)) for own in (0.01, 0.02, 0.5))
CONTENT = Content(
    (
        Piece("Les moyens", level=1),
        Piece("Quatre jours & demi, <3 600 €>."),
        Piece("Chiffrer les limites.", item="Bullet"),
        Piece(rows=(("Date", "Étape"), ("2 mars", "Envoi"), ("4 mai", "Remise"))),
    )
)


def test_a_ratio_is_the_median_of_the_pairs_not_the_ratio_of_the_medians() -> None:
    told = page.section(Part("Produire", "Six documents.", (Line("docxtpl", PAIRS),)))
    cpu, wall = "20 ms | 40 ms | **2,0** (2,0 à 2,0)", "1,0 s | 3,0 s | **3,0** (3,0 à 3,0)"
    assert f"| docxtpl | {cpu} | {wall} | 3 |" in told


def test_what_is_not_installed_is_told_and_has_no_figure() -> None:
    line = Line("LibreOffice", absent="LibreOffice n’est pas installé")
    told = page.section(Part("Produire", "Six documents.", (line,)))
    assert "- LibreOffice : non mesuré, LibreOffice n’est pas installé." in told
    assert "|" not in told


def test_measures_take_the_place_of_the_former_ones_and_of_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "mesures.md"
    path.write_text(f"avant\n{page.BEGIN}\nvieux\n{page.END}\naprès\n", encoding="utf-8")
    page.put(path, [page.head(date(2026, 12, 1), "2 cœurs", {"git": "2.39"})])
    text = path.read_text(encoding="utf-8")
    assert text.startswith("avant\n") and text.endswith("\naprès\n") and "vieux" not in text
    assert "Mesuré le 1er décembre 2026 : 2 cœurs." in text


def test_each_runs_first_in_its_turn_after_a_run_that_does_not_count() -> None:
    order: list[str] = []
    paired(Work(lambda: order.append("n")), Work(lambda: order.append("e")), 0.0)
    assert "".join(order) == "ne" + "ne" + "en" + "ne"


def test_a_template_given_to_docxtpl_comes_back_with_the_same_words(tmp_path: Path) -> None:
    docxtpl = pytest.importorskip("docxtpl", reason="installé par make bench")
    values = as_template(CONTENT, tmp_path / "modele.docx")
    template = docxtpl.DocxTemplate(tmp_path / "modele.docx")
    template.render(values, autoescape=True)
    template.save(tmp_path / "rempli.docx")
    assert content_of((tmp_path / "rempli.docx").read_bytes()) == CONTENT


def test_the_markdown_given_to_pandoc_has_the_same_words_none_of_them_markup(
    tmp_path: Path,
) -> None:
    text = as_markdown(CONTENT, tmp_path / "md").read_text(encoding="utf-8")
    assert text.startswith(
        "# Les moyens\n\nQuatre jours \\& demi\\, \\<3 600 €\\>\\.\n\n- Chiffrer"
    )
    assert "| Date | Étape |\n|---|---|\n| 2 mars | Envoi |" in text
