"""Fills a blank form as a person would, in each format: what is put in it is what must come back.

Short answers of Word replace what their field shows; long ones are typed in the empty paragraph
below their label, in one paragraph or several.
"""

import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from io import BytesIO

import pikepdf
from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import Examined, choose, with_tables
from dla_docs.formats import Engines, written
from dla_docs.forms.asked import asked
from dla_docs.forms.fields import Field, Kind
from dla_docs.make import settle
from dla_docs.reading.read import read_file
from dla_docs.receive.answers import Reply
from dla_docs.receive.blank import Blank, blank_of
from dla_docs.select import Request
from dla_docs.tree.template import Templates
from tests.scenes import demonstration

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
Value = str | bool
MISSION = "2025-007-aubepine-buech/orientations-strategiques"
FORMS = (
    f"{MISSION}/trame-proposition-vierge",
    f"{MISSION}/rapport-final-vierge",
    f"{MISSION}/note-mi-parcours-2025-07-11-vierge",
    f"{MISSION}/enquete-beneficiaire-aubepine-buech-vierge",
    f"{MISSION}/enquete-prestataire-vierge",
    "2025-007-aubepine-buech/suivi-post-accompagnement-2025-007-vierge",
    "territoire/fiche-prestataire-vierge",
)
"""One form of each type that comes back."""
_WORDS = (
    "la structure a un projet clair mais l’équipe manque de temps : bénévoles, salariées et élus "
    "portent l’accueil, la gestion (sans l’aide d’un logiciel) depuis deux ans ; c’est trop"
).split()


@cache
def form(label: str, format: str) -> tuple[Blank, bytes]:
    """A blank form of the demonstration: what is kept of it, and its bytes."""
    return form_of(demonstration(), label, format)


def form_of(examined: Examined, label: str, format: str) -> tuple[Blank, bytes]:
    """The same of a workspace that was looked at."""
    scope = label.rpartition("/")[0]
    choices = choose(Request((scope,), variant="vierge"), examined)
    choice = next(c for c in choices if c.document.label == label)
    known = with_tables(examined, (choice,))
    workspace = examined.corpus.workspace
    pandoc = Pandoc()
    engines = Engines(Charter(workspace), pandoc)
    tree, properties = settle(choice.document, known, Templates(workspace), engines)
    content = written(format, tree, properties, engines)
    pandoc.close()
    found = asked(tree.blocks)
    assert found is not None
    return blank_of(choice.document, found, read_file(content)), content


def drawn(blank: Blank, seed: int) -> dict[str, Value]:
    """A value for most of the fields of a form: one in seven is left empty."""
    rng = random.Random(seed)
    computed = {key for t in blank.tables.values() for r in t.rows if r.total for key in r.keys}
    kept = (f for f in blank.fields.values() if f.kind is not Kind.SIGNATURE)
    fields = [f for f in kept if f.key not in computed and rng.random() > 1 / 7]
    return {field.key: _value(field, rng) for field in fields}


def _value(field: Field, rng: random.Random) -> Value:
    match field.kind:
        case Kind.TICK:
            return rng.random() < 0.4
        case Kind.DATE:
            return f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2026"
        case Kind.NUMBER:
            return str(rng.randint(1, 900))
        case Kind.LIST:
            return rng.choice(field.choices)
        case Kind.LONG:
            return "\n\n".join(_sentence(rng) for _ in range(rng.randint(1, 3)))
        case _:
            return _sentence(rng)


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(3, 12)))


def filled(content: bytes, blank: Blank, values: Mapping[str, Value], format: str) -> bytes:
    """The form with these values."""
    return FILLERS[format](content, blank, values)


def _docx(content: bytes, blank: Blank, values: Mapping[str, Value]) -> bytes:
    return part(content, "word/document.xml", lambda root: _word(root, blank, values))


def _word(root: etree._Element, blank: Blank, values: Mapping[str, Value]) -> None:
    """As Word does: the text of a field is replaced, and it no longer shows its prompt."""
    for control in list(root.iter(f"{W}sdt")):
        tag = control.find(f"{W}sdtPr/{W}tag")
        value = values.get(tag.get(f"{W}val", "")) if tag is not None else None
        if value is None:
            continue
        texts = list(control.iter(f"{W}t"))
        texts[0].text = ("☒" if value else "☐") if isinstance(value, bool) else value
        for box in control.iter(f"{W14}checked"):
            box.set(f"{W14}val", str(int(value is True)))
        for shown in list(control.iter(f"{W}showingPlcHdr")):
            shown.getparent().remove(shown)  # type: ignore[union-attr]
    _summed(root.iter(f"{W}tr"), f"{W}tc", f"{W}t", blank, values)
    marks = root.iter(f"{W}bookmarkStart")
    ours = ((m.get(f"{W}name", ""), m) for m in marks if m.get(f"{W}name", "").startswith("l_"))
    _below(ours, f"{W}p", blank, values, _word_text)


def _word_text(paragraph: etree._Element, text: str) -> None:
    run = paragraph.find(f"{W}r")
    run = etree.SubElement(paragraph, f"{W}r") if run is None else run
    for child in list(run):
        run.remove(child)
    etree.SubElement(run, f"{W}t").text = text


def _summed(
    rows: Iterator[etree._Element], cell: str, text: str, blank: Blank, values: Mapping[str, Value]
) -> None:
    """The cells of a column that is summed, which hold no field: of the rows that are filled."""
    for row in list(rows):
        cells = [(c, "".join(map(str, c.itertext())).strip()) for c in row.iter(cell)]
        for model in (model for table in blank.tables.values() for model in table.rows):
            pairs = list(zip(cells, model.keys, strict=False))
            known = [
                said == values[key] for (_, said), key in pairs if said != "0" and key in values
            ]
            if model.total or not known or not all(known):
                continue
            for (place, said), key in pairs:
                shown = list(place.iter(text))
                if said == "0" and key in values and len(shown) == 1:
                    shown[0].text = str(values[key])


def _below(
    marks: Iterator[tuple[str, etree._Element]],
    paragraph: str,
    blank: Blank,
    values: Mapping[str, Value],
    write: Callable[[etree._Element, str], None],
) -> None:
    """The long answers, in the first empty paragraph at or after their mark."""
    for name, mark in list(marks):
        key = name.removeprefix("l_")
        value = values.get(key)
        if not isinstance(value, str) or blank.fields[key].kind is not Kind.LONG:
            continue
        first = next(mark.iterancestors(paragraph))
        place: etree._Element | None = first
        while place is not None and (place.tag != paragraph or "".join(place.itertext()).strip()):
            place = place.getnext()
        assert place is not None, f"no place for {key}"
        model = deepcopy(place)
        for rank, text in enumerate(value.split("\n\n")):
            target = place if not rank else deepcopy(model)
            if rank:
                place.addnext(target)
                for old in [c for c in target if "bookmark" in str(c.tag)]:
                    target.remove(old)
            write(target, text)
            place = target


def _odt(content: bytes, blank: Blank, values: Mapping[str, Value]) -> bytes:
    return part(content, "content.xml", lambda root: _writer(root, blank, values))


def _writer(root: etree._Element, blank: Blank, values: Mapping[str, Value]) -> None:
    """As Writer does: boxes change state, the rest is typed in the empty paragraphs."""
    loext = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
    for control in list(root.iter(f"{loext}content-control")):
        value = values.get(control.get(f"{loext}tag", ""))
        if isinstance(value, bool):
            control.set(f"{loext}checked", "true" if value else "false")
            control.text = "☒" if value else "☐"
        elif value is not None:
            for child in list(control):
                control.remove(child)
            control.text = value
    marks = [*root.iter(f"{T}bookmark-start"), *root.iter(f"{T}bookmark")]
    for mark in marks:
        name = mark.get(f"{T}name", "")
        value = values.get(name.removeprefix("l_"))
        if name.startswith("l_") and isinstance(value, str):
            _typed(next(mark.iterancestors(f"{T}p", f"{T}h")), value)
    _summed(root.iter(f"{TABLE}table-row"), f"{TABLE}table-cell", f"{T}p", blank, values)


def _typed(label: etree._Element, value: str) -> None:
    """A value in the empty paragraph of a label: it, the next one, or that of the cell below."""
    place: etree._Element | None = label
    while place is not None and "".join(place.itertext()).strip():
        below = place.getnext()
        place = below if below is not None else _under(place)
    assert place is not None
    for rank, text in enumerate(value.split("\n\n")):
        if rank:
            added = etree.Element(place.tag, dict(place.attrib))
            place.addnext(added)
            place = added
        etree.SubElement(place, f"{T}span").text = text


def _under(paragraph: etree._Element) -> etree._Element | None:
    cell = paragraph.getparent()
    if cell is None or not str(cell.tag).endswith("table-cell"):
        return None
    row = cell.getparent()
    below = row.getnext() if row is not None else None
    if row is None or below is None:
        return None
    return below[row.index(cell)][0]


def part(content: bytes, name: str, change: Callable[[etree._Element], None]) -> bytes:
    archive = zipfile.ZipFile(BytesIO(content))
    root = etree.fromstring(archive.read(name))
    change(root)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            held = etree.tostring(root) if entry.filename == name else archive.read(entry.filename)
            copy.writestr(entry.filename, held)
    return made.getvalue()


def _pdf(content: bytes, blank: Blank, values: Mapping[str, Value]) -> bytes:
    made = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        for field in document.Root.AcroForm.Fields:  # type: ignore[attr-defined]
            kids = [kid for kid in field.get("/Kids", ()) if "/AP" in kid]
            states = [str(s) for kid in kids for s in kid.AP.N if str(s) != "/Off"]
            value = values.get(str(field.get("/T", "")))
            if len(states) > 1:
                on = [state for state in states if values.get(state.removeprefix("/")) is True]
                field.V = pikepdf.Name(on[0]) if on else pikepdf.Name("/Off")
            elif isinstance(value, bool):
                look = (kids[0] if kids else field).AP.N
                on_name = next(str(s) for s in look if str(s) != "/Off")
                field.V = pikepdf.Name(on_name if value else "/Off")
            elif value is not None:
                field.V = pikepdf.String(value.replace("\n", "\r\n"))
        document.save(made)
    return made.getvalue()


def _html(content: bytes, blank: Blank, values: Mapping[str, Value]) -> bytes:
    data = json.dumps({"empreinte": "", "valeurs": dict(values)}).replace("<", "\\u003c")
    pattern = rb'(<script type="application/json" id="dla-donnees">)[^<]*'
    return re.sub(pattern, lambda found: found[1] + data.encode(), content)


FILLERS: Mapping[str, Callable[[bytes, Blank, Mapping[str, Value]], bytes]] = {
    "docx": _docx, "odt": _odt, "pdf": _pdf, "html": _html,
}  # fmt: skip


def flat(reply: Reply, blank: Blank) -> dict[str, Value]:
    """What a reply says, by field, those of tables too."""
    answers = reply.answers.items()
    found = {key: a.text if a.ticked is None else a.ticked for key, a in answers}
    for name, lines in reply.lines.items():
        for line in (line for line in lines if line.row is not None):
            for column, key in enumerate(blank.tables[name].rows[line.row].keys):
                if key and blank.fields[key].kind is Kind.TICK:
                    found[key] = column in line.ticked
                elif key and line.cells[column]:
                    found[key] = line.cells[column]
    return found
