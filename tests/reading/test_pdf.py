"""A PDF as it is read: its fields by name, its lines by page, its limits."""

from io import BytesIO

import pikepdf
import pytest

from dla_docs.reading.pdf import PAGES, PdfFault, read_pdf
from tests.judge.written import papers


def pdf(pages: int = 1, *fields: pikepdf.Dictionary) -> bytes:
    made = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        if fields:
            held = pikepdf.Array([document.make_indirect(field) for field in fields])
            document.Root.AcroForm = pikepdf.Dictionary(Fields=held)
        document.save(made)
    return made.getvalue()


def text(name: str, value: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(T=name, FT=pikepdf.Name.Tx, V=value)


def test_a_field_has_its_value_with_plain_line_ends() -> None:
    assert read_pdf(pdf(1, text("besoins", "un\r\ndeux\rtrois"))).fields == {
        "besoins": "un\ndeux\ntrois"
    }


def test_a_field_below_another_has_both_names() -> None:
    above = pikepdf.Dictionary(T="personne", Kids=pikepdf.Array([text("nom", "Roux")]))
    assert read_pdf(pdf(1, above)).fields == {"personne.nom": "Roux"}


def test_a_field_that_is_its_own_part_ends() -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        loop = document.make_indirect(pikepdf.Dictionary(T="un"))
        loop.Kids = pikepdf.Array([loop])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([loop]))
        made = BytesIO()
        document.save(made)
    assert read_pdf(made.getvalue()).fields == {}


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    with pytest.raises(PdfFault, match=f"{PAGES + 1} pages"):
        read_pdf(pdf(PAGES + 1))


def test_a_pdf_with_a_password_is_refused_as_such() -> None:
    made = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(PdfFault, match="mot de passe"):
        read_pdf(made.getvalue())


def test_the_pictures_of_a_pdf_are_read_where_logos_are_looked_for() -> None:
    content = next(p for p in papers("rapports") if p.name == "synthese").content()
    assert len(read_pdf(content).images) == 6


def test_what_is_written_over_a_page_is_read_beside_its_text() -> None:
    made = BytesIO()
    with pikepdf.new() as document:
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, Contents="Quatre jours")
        document.add_blank_page().Annots = pikepdf.Array([note])
        document.save(made)
    assert [(w.text, w.page) for w in read_pdf(made.getvalue()).edges] == [("Quatre jours", 1)]
