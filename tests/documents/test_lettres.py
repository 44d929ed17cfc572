"""A letter is one: to whom, what about, a greeting, a closing, who signs; no heading."""

import zipfile
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from dla_docs.context.context import build_context
from dla_docs.documents.types import LETTER
from dla_docs.formats.office import ENVELOPE
from dla_docs.tree.divisions import OWN_PAGE
from dla_docs.tree.nodes import attributes, div, para, string, text
from dla_docs.tree.sections import TYPED, without_headings
from dla_docs.tree.template import Templates
from tests.scenes import Lancer, demonstration, demonstration_documents, representatives

MISSION = "2025-003/bilan-organisation-finances"
OWED = ("destinataire", "lieu-date", "objet", "signataire")


def test_each_letter_says_to_whom_why_and_who_signs() -> None:
    examined = demonstration()
    templates = Templates(examined.corpus.workspace)
    letters = [d for d in representatives(demonstration_documents()) if d.type.forme == LETTER]
    assert letters
    for document in letters:
        context = build_context(document, examined.corpus, examined.findings, examined.rules)
        said = " ".join(templates.fill(context).markdown.split())
        assert [name for name in OWED if f"::: {name} " not in said] == [], document.label
        assert "d’accompagnement (DLA)" in said, document.label
        assert "Madame" in said or "Monsieur" in said, document.label


@pytest.mark.parametrize(
    ("person", "greeting"),
    [
        ("civilite: madame\n  prenom: Delphine", "Madame la Gérante"),
        ("civilite: monsieur\n  prenom: Delphine", "Monsieur"),
        ("prenom: Delphine", "Madame, Monsieur"),
    ],
)
def test_the_greeting_is_that_of_the_person(
    espace: Path, lancer: Lancer, person: str, greeting: str
) -> None:
    record = espace / "dossiers/prestataires/delphine-orsatelli.yaml"
    said = record.read_text(encoding="utf-8")
    changed = said.replace("civilite: madame\n  prenom: Delphine", person, 1)
    changed = changed.replace("fonction: entrepreneuse individuelle", "fonction: gérante", 1)
    record.write_text(changed, encoding="utf-8")
    lancer("render", MISSION, "-d", "notification", "-t", "html", espace=espace)
    (page,) = (espace / "documents").rglob("notification-delphine-orsatelli.html")
    assert f"<p>{greeting},</p>" in page.read_text(encoding="utf-8")


def test_who_signs_is_told_by_an_article_and_a_quality(espace: Path, lancer: Lancer) -> None:
    lancer("render", MISSION, "-d", "notification", "-t", "html", espace=espace)
    page = min((espace / "documents").rglob("notification-*.html")).read_text(encoding="utf-8")
    assert "Alpes-de-Haute-Provence,<br />la chargée de\u00a0mission DLA" in page.replace("\n", "")


@pytest.mark.parametrize("siret", [True, False])
def test_the_record_is_asked_for_only_where_it_lacks_what_a_payment_needs(
    espace: Path, lancer: Lancer, siret: bool
) -> None:
    record = espace / "dossiers/prestataires/delphine-orsatelli.yaml"
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if siret or not line.startswith("siret:")]
    record.write_text("".join(kept), encoding="utf-8")
    lancer("render", MISSION, "-d", "notification", "-t", "html", "--draft", espace=espace)
    (page,) = (espace / "documents").rglob("*notification-delphine-orsatelli*.html")
    assert ("n’est pas complète" in page.read_text(encoding="utf-8")) is not siret


def test_a_decision_does_not_name_an_avenant_signed_after_its_day() -> None:
    examined = demonstration()
    letter = next(d for d in demonstration_documents() if d.key == "2026-09-15")
    context = build_context(letter, examined.corpus, examined.findings, examined.rules)
    said = Templates(examined.corpus.workspace).fill(context).markdown
    assert "A1" not in said
    assert "Un avenant à la convention" in said


def test_the_addressee_is_in_the_window_of_the_envelope(espace: Path, lancer: Lancer) -> None:
    asked = ("-t", "pdf", "-t", "docx", "-t", "odt")
    lancer("render", MISSION, "-d", "notification", *asked, espace=espace)
    (path,) = (espace / "documents").rglob("notification-delphine-orsatelli.pdf")
    left, top, *_ = ENVELOPE
    with closing(pypdfium2.PdfDocument(path)) as document:
        page = document[0].get_textpage()
        found = page.search("Delphine Orsatelli Conseil").get_next()
        x, _, _, y = page.get_charbox(found[0])
    assert x * 25.4 / 72 == pytest.approx(left, abs=1)
    assert 297 - y * 25.4 / 72 == pytest.approx(top, abs=2)
    held = _part(path.with_suffix(".docx"), "word/document.xml").iter("{*}framePr")
    placed = [{key.rpartition("}")[2]: value for key, value in f.attrib.items()} for f in held]
    assert ("6236", "3118", "page") in [tuple(map(p.get, ("x", "y", "vAnchor"))) for p in placed]
    frames = _part(path.with_suffix(".odt"), "content.xml").iter("{*}frame")
    assert any({f"{left}mm", f"{top}mm"} <= set(window.attrib.values()) for window in frames)


def _part(archive: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(archive) as parts:
        return etree.fromstring(parts.read(name))


def test_headings_go_but_on_a_page_apart() -> None:
    def header(words: str, *classes: str) -> dict[str, object]:
        return {"t": "Header", "c": [1, attributes("", classes), string(words)]}

    apart = [div([], OWN_PAGE), header("Coupon"), para(string("oui"))]
    typed = without_headings([header("Motif"), header("Dit", TYPED), para(string("a")), *apart])
    assert [block["t"] for block in typed] == ["Para", "Para", "Div", "Header", "Para"]
    assert text(typed[0]).strip() == "Dit"


@pytest.mark.parametrize(
    ("last_day", "greeted"), [("2025-12-31", "Madame"), ("2025-01-31", "Madame, Monsieur")]
)
def test_a_letter_is_to_who_represents_the_prestataire_on_its_day(
    last_day: str, greeted: str, espace: Path, lancer: Lancer
) -> None:
    record = espace / "dossiers/prestataires/delphine-orsatelli.yaml"
    former = f"{{prenom: Inès, nom: Vuillard, civilite: madame, fin: {last_day}}}"
    now = "representant:\n  prenom: Paul\n  nom: Garcin\n"
    kept = record.read_text("utf-8").replace("representant:\n", "x-representant:\n", 1)
    record.write_text(f"{kept}{now}anciens_representants:\n  - {former}\n", "utf-8")
    asked = ("render", "2025-003", "-d", "notification", "-t", "html", "-o", str(espace / "out"))
    lancer(*asked, espace=espace)
    text = next((espace / "out").rglob("*orsatelli*.html")).read_text("utf-8")
    assert ("Inès Vuillard" in text) == (greeted == "Madame")
    assert f"<p>{greeted},</p>" in text
