"""A form that fills: its fields are read back from the files of the demonstration."""

import base64
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from lxml import etree, html

from dla_docs.charter.charter import Charter
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import choose, examine
from dla_docs.formats import WRITERS, Engines, Properties
from dla_docs.formats.docx.wordml import neighbour
from dla_docs.formats.fields import lines_under
from dla_docs.forms.asked import asked
from dla_docs.forms.fields import Entry, Form, Kind
from dla_docs.make import settle
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.tree.divisions import NUMBER
from dla_docs.tree.nodes import classes, nodes, text
from dla_docs.tree.passes import Tree
from dla_docs.tree.template import Templates
from tests.scenes import JOUR, ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = ("trame-proposition", "rapport-final", "enquete-beneficiaire", "fiche-prestataire")


@dataclass(frozen=True)
class Made:
    """A blank form of the demonstration, each format of which is made once."""

    tree: Tree
    properties: Properties
    engines: Engines

    @cached_property
    def form(self) -> Form:
        found = asked(self.tree.blocks)
        assert found is not None
        return found

    @cached_property
    def files(self) -> dict[str, bytes]:
        return {}

    def file(self, format: str) -> bytes:
        if format not in self.files:
            self.files[format] = WRITERS[format](self.tree, self.properties, self.engines)
        return self.files[format]

    def part(self, format: str, name: str) -> etree._Element:
        with zipfile.ZipFile(io.BytesIO(self.file(format))) as archive:
            return etree.fromstring(archive.read(name))


@pytest.fixture(scope="module")
def formulaires() -> Iterator[dict[str, Made]]:
    workspace = Workspace(Path(ROOT).resolve())
    examined = examine(workspace, JOUR)
    chosen = choose(Request(scopes=(), types=TYPES, variant="vierge"), examined)
    with Pandoc() as pandoc:
        engines, templates = Engines(Charter(workspace), pandoc), Templates(workspace)
        made: dict[str, Made] = {}
        for choice in chosen:
            if choice.document.type.name not in made:
                settled = settle(choice.document, examined, templates, engines)
                made[choice.document.type.name] = Made(*settled, engines)
        yield made


@pytest.fixture(params=TYPES)
def made(request: pytest.FixtureRequest, formulaires: dict[str, Made]) -> Made:
    return formulaires[request.param]


def plain(form: Form) -> set[str]:
    """The cells of a sum, which are no controls: its total, and what it sums."""
    summed = {key for key, field in form.fields.items() if field.summed}
    return {sheet.total for sheet in form.sheets.values()} | summed


def of_kind(form: Form, *kinds: Kind) -> set[str]:
    return {key for key, field in form.fields.items() if field.kind in kinds}


def test_word_has_a_bookmark_on_the_label_of_every_answer(made: Made) -> None:
    root = made.part("docx", "word/document.xml")
    marks = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    answers = [f for f in made.form.fields.values() if not f.row and f.kind is not Kind.TICK]
    assert {f.anchor for f in answers if f.kind is Kind.LONG} <= set(marks)
    assert len(marks) == len(set(marks))


def test_word_has_a_control_named_by_its_key_for_all_but_long_answers(made: Made) -> None:
    root = made.part("docx", "word/document.xml")
    tags = [tag.get(f"{W}val") for tag in root.iter(f"{W}tag")]
    assert set(made.form.fields) - of_kind(made.form, Kind.LONG) - plain(made.form) <= set(tags)


def test_word_leaves_a_long_answer_in_an_ordinary_paragraph(made: Made) -> None:
    root = made.part("docx", "word/document.xml")
    styled = [
        p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='Reponse']") is not None
    ]
    long = [field for field in made.form.fields.values() if field.kind is Kind.LONG]
    assert len(styled) == sum(1 + lines_under(field.lines) for field in long)
    assert {"".join(p.itertext()) for p in styled} <= {""}
    assert not [p for p in styled if p.find(f".//{W}sdt") is not None]


def test_word_keeps_the_lines_of_a_long_answer_in_one_row(made: Made) -> None:
    root = made.part("docx", "word/document.xml")
    lines = root.findall(f".//{W}pPr/{W}pStyle[@{W}val='Reponse']")
    rows = [next(line.iterancestors(f"{W}tr")) for line in lines]
    assert rows and all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_no_table_of_word_touches_another_which_would_make_them_one(made: Made) -> None:
    tables = made.part("docx", "word/document.xml").findall(f".//{W}tbl")
    following = [n for n in map(neighbour, tables) if n is not None]
    assert tables and not [n for n in following if n.tag == f"{W}tbl"]


def test_what_is_typed_over_a_prompt_of_word_is_of_ink(made: Made) -> None:
    root = made.part("docx", "word/document.xml")
    prompted = [p.getparent() for p in root.iter(f"{W}showingPlcHdr")]
    style = f"{W}rPr/{W}rStyle[@{W}val='Saisie']"
    assert prompted and all(about.find(style) is not None for about in prompted)


def test_word_ticks_have_no_alias_which_libreoffice_would_spread(made: Made) -> None:
    root = made.part("docx", "word/document.xml")
    boxes = [sdt for sdt in root.iter(f"{W}sdt") if sdt.find(f"{W}sdtPr/{{*}}checkbox") is not None]
    assert len(boxes) == len(of_kind(made.form, Kind.TICK))
    assert not [box for box in boxes if box.find(f"{W}sdtPr/{W}alias") is not None]


def test_word_answers_as_data_begin_empty_and_are_all_bound(made: Made) -> None:
    item = made.part("docx", "customXml/item1.xml")
    root = made.part("docx", "word/document.xml")
    paths = [b.get(f"{W}xpath") for b in root.iter(f"{W}dataBinding")]
    assert paths == [f"/f:formulaire[1]/f:reponse[{n}]" for n in range(1, len(item) + 1)]
    assert {answer.text for answer in item} <= {None}
    assert set(item.xpath("*/@cle")) <= set(made.form.fields)


def test_word_blank_rows_may_be_added_to(formulaires: dict[str, Made]) -> None:
    root = formulaires["rapport-final"].part("docx", "word/document.xml")
    sections = [
        sdt
        for sdt in root.iter(f"{W}sdt")
        if sdt.find(f"{W}sdtPr/{{*}}repeatingSection") is not None
    ]
    rows = [len(sdt.findall(f"{W}sdtContent/{W}sdt/{W}sdtContent/{W}tr")) for sdt in sections]
    sheets = formulaires["rapport-final"].form.sheets.values()
    assert rows == [len(sheet.blank) for sheet in sheets]


def widgets(content: bytes) -> dict[str, dict[str, str]]:
    """The fields of a PDF by name: what is heard of each, and its value."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(content)) as pdf:
        fields = pdf.Root.AcroForm.Fields
        return {
            str(f.T): {"heard": str(f.TU), "value": str(f.V), "side": str(f.get("/Q", 0))}
            for f in fields
        }  # type: ignore[attr-defined]


def test_pdf_has_a_field_for_each_place_to_write(made: Made) -> None:
    assert set(widgets(made.file("pdf"))) == set(made.form.fields)


def test_pdf_field_is_heard_by_its_label_and_begins_empty(made: Made) -> None:
    for key, widget in widgets(made.file("pdf")).items():
        assert widget["heard"].startswith(made.form.fields[key].label)
        assert widget["value"] in {"", "/Off"}


def test_pdf_figures_are_written_on_the_right_as_their_column(made: Made) -> None:
    right = {key for key, field in made.form.fields.items() if field.right}
    sides = widgets(made.file("pdf"))
    assert {key for key, widget in sides.items() if widget["side"] == "2"} == right


def test_pdf_texts_go_to_the_line_in_the_size_by_which_all_is_seen(made: Made) -> None:
    from pikepdf import Pdf

    texts = of_kind(made.form, Kind.SHORT, Kind.LONG)
    with Pdf.open(io.BytesIO(made.file("pdf"))) as pdf:
        fields = {str(f.T): f for f in pdf.Root.AcroForm.Fields}  # type: ignore[attr-defined]
        assert {key for key, f in fields.items() if " 0 Tf" in str(f.get("/DA", ""))} == texts
        assert {key for key, f in fields.items() if int(f.get("/Ff", 0)) & 1 << 12} == texts


def test_pdf_has_no_link_left_to_a_field(made: Made) -> None:
    assert b"champ:" not in made.file("pdf")


LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def test_writer_has_a_bookmark_on_the_label_of_every_long_answer(made: Made) -> None:
    root = made.part("odt", "content.xml")
    marks = [m.get(f"{TEXT}name") for m in root.iter(f"{TEXT}bookmark-start")]
    assert {made.form.fields[key].anchor for key in of_kind(made.form, Kind.LONG)} <= set(marks)
    assert len(marks) == len(set(marks))


def test_writer_has_a_control_named_by_its_key_for_each_choice(made: Made) -> None:
    root = made.part("odt", "content.xml")
    tags = {control.get(f"{LOEXT}tag") for control in root.iter(f"{LOEXT}content-control")}
    assert of_kind(made.form, Kind.TICK, Kind.LIST) == tags


def test_writer_has_a_bookmark_in_each_empty_cell_that_is_not_summed(made: Made) -> None:
    root = made.part("odt", "content.xml")
    marks = {m.get(f"{TEXT}name") for m in root.iter(f"{TEXT}bookmark")}
    typed = {key for key, field in made.form.fields.items() if field.row}
    typed -= of_kind(made.form, Kind.TICK, Kind.LIST) | plain(made.form)
    assert {made.form.fields[key].anchor for key in typed} <= marks


def test_writer_has_no_prompt_that_would_stay_after_what_is_typed(made: Made) -> None:
    words = "".join(str(t) for t in made.part("odt", "content.xml").itertext())
    assert "Écrire ici" not in words and "Invite" not in made.file("odt").decode("latin-1")


def page(made: Made) -> html.HtmlElement:
    return html.fromstring(made.file("html").decode())


def test_html_has_an_input_for_each_place_to_write(made: Made) -> None:
    root = page(made)
    keys = {*root.xpath("//main//@name[not(../@type='radio')]"), *root.xpath("//main//@value")}
    assert keys == set(made.form.fields)


def test_html_exclusive_choices_are_radio_buttons_of_one_name(made: Made) -> None:
    radios = page(made).xpath("//main//input[@type='radio']")
    named = {radio.get("value"): radio.get("name") for radio in radios}
    groups = {key: field.group for key, field in made.form.fields.items() if field.group}
    assert named == groups
    assert not set(groups.values()) & set(made.form.fields)


def test_a_survey_has_a_group_for_each_line_of_its_scale(formulaires: dict[str, Made]) -> None:
    fields = formulaires["enquete-beneficiaire"].form.fields.values()
    sizes = Counter(field.group for field in fields if field.group)
    assert sorted(sizes.values()) == [3, 4, 4, 6, 6, 6, 6, 6, 6]


def test_html_short_answer_says_the_keys_it_takes(formulaires: dict[str, Made]) -> None:
    made = formulaires["fiche-prestataire"]
    typed = {key: field.entry for key, field in made.form.fields.items() if field.entry}
    assert {Entry.DIGITS, Entry.PERSON} <= set(typed.values())
    for key, entry in typed.items():
        (place,) = page(made).xpath(f"//*[@name='{key}']")
        assert (place.get("inputmode") == "numeric") is (entry is Entry.DIGITS)
        assert (place.get("type") == "tel") is (entry is Entry.PHONE)
        assert (place.get("autocomplete") == "name") is (entry is Entry.PERSON)


def test_the_parts_of_a_providers_sheet_are_numbered_while_it_is_blank(
    formulaires: dict[str, Made],
) -> None:
    spans = nodes(formulaires["fiche-prestataire"].tree.blocks, "Span")
    numbers = [text([span]).strip("\u00a0 ") for span in spans if NUMBER in classes(span)]
    assert numbers == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_a_provider_may_write_the_five_references_it_is_asked_for(
    formulaires: dict[str, Made],
) -> None:
    keys = formulaires["fiche-prestataire"].form.sheets["references"].keys
    assert max(keys.values()) == 5


def test_html_input_is_named_for_those_who_hear_it(made: Made) -> None:
    root = page(made)
    named = set(root.xpath("//label/@for")) | set(root.xpath("//label/input/@id"))
    for field in root.xpath("//main//*[self::input or self::textarea or self::select]"):
        assert field.get("id") in named or field.get("aria-label"), field.get("name")


def test_html_cell_to_write_in_keeps_the_name_of_its_column_on_a_telephone(made: Made) -> None:
    cells = page(made).xpath("//td[*[self::input[not(@type='radio')] or self::textarea]]")
    assert not [cell for cell in cells if not cell.get("data-label")]
    assert not page(made).xpath("//table[contains(@class, 'numerote')]//td/textarea")


def test_html_cell_goes_to_the_line_so_that_printing_cuts_nothing(made: Made) -> None:
    cells = page(made).xpath("//td/*[self::input[not(@type='radio')] or self::textarea]")
    texts = [cell for cell in cells if made.form.fields[cell.get("name")].kind is Kind.SHORT]
    rows = [cell for cell in texts if made.form.fields[cell.get("name")].row]
    assert {cell.tag for cell in rows} <= {"textarea"}


def test_html_form_loads_nothing_and_runs_its_own_script_alone(made: Made) -> None:
    root = page(made)
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (script,) = [s.text for s in root.xpath("//script[not(@type)]")]
    total = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'") and f"script-src 'sha256-{total}'" in policy


def test_html_form_without_script_shows_no_button_that_does_nothing(made: Made) -> None:
    (tools,) = page(made).xpath("//*[button]")
    assert tools.get("hidden") is not None


def test_html_form_knows_the_rows_one_may_add(formulaires: dict[str, Made]) -> None:
    (plan,) = page(formulaires["rapport-final"]).xpath("//script[@id='dla-plan']/text()")
    tables = json.loads(str(plan))["tables"]
    assert tables["annexes"]["lignes"] == [1, 2, 3, 4, 5]
    assert tables["annexes"]["champs"]["annexes_1_outil"] == 1


@pytest.mark.parametrize("format", ["docx", "odt", "html"])
def test_each_format_prints_the_label_of_every_answer(made: Made, format: str) -> None:
    name = {"docx": "word/document.xml", "odt": "content.xml"}.get(format, "")
    root = made.part(format, name) if name else page(made)
    words = "".join("".join(str(text) for text in root.itertext()).split())
    cells = {key for sheet in made.form.sheets.values() for key in sheet.keys}
    asked_for = set(made.form.fields) - cells - of_kind(made.form, Kind.TICK)
    labels = [made.form.fields[key].label for key in asked_for]
    assert [label for label in labels if "".join(label.split()) not in words] == []


def test_every_format_of_a_form_is_the_same_twice(made: Made) -> None:
    for format in ("docx", "odt", "pdf", "html"):
        again = WRITERS[format](made.tree, made.properties, made.engines)
        assert again == made.file(format), format


def test_no_cell_of_a_blank_form_holds_a_zero_but_the_amounts_of_a_budget(made: Made) -> None:
    root = made.part("docx", "word/document.xml")
    prompts = [
        r for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}rStyle[@{W}val='Invite']") is not None
    ]
    zeros = [r for r in prompts if "".join(r.itertext()) == "0"]
    assert len(zeros) == sum(field.summed for field in made.form.fields.values())
