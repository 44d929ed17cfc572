"""What people and programs do to a form of Word once it is filled: each takes it and spoils it."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from tests.receive.filling import W14, W, part

TEXT = "word/document.xml"
Spoil = Callable[[etree._Element], None]
SPOILS: dict[str, Callable[[bytes], bytes]] = {}
"""Each disorder by its name."""


def spoil(change: Spoil) -> Spoil:
    """Keep a disorder of the text among the others."""
    SPOILS[change.__name__] = lambda content: part(content, TEXT, change)
    return change


def kept(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Keep a disorder of the whole file among the others."""
    SPOILS[change.__name__] = change
    return change


def element(name: str, *below: etree._Element, text: str = "", **about: str) -> etree._Element:
    """An element of Word, with what it holds."""
    made = etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in about.items()})
    made.text = text or None
    made.extend(below)
    return made


def paragraph(text: str) -> etree._Element:
    """A paragraph of some words."""
    return element("p", element("r", element("t", text=text)))


def words(node: etree._Element) -> str:
    """The text of an element."""
    return "".join(t.text or "" for t in node.iter(f"{W}t"))


def labels(root: etree._Element) -> list[etree._Element]:
    """The paragraphs of the labels."""
    marks = (m for m in root.iter(f"{W}bookmarkStart") if m.get(f"{W}name", "")[:2] == "l_")
    return list(dict.fromkeys(next(mark.iterancestors(f"{W}p")) for mark in marks))


def answers(root: etree._Element) -> list[etree._Element]:
    """The paragraphs where the long answers were typed."""
    styles = root.iter(f"{W}pStyle")
    found = [next(s.iterancestors(f"{W}p")) for s in styles if s.get(f"{W}val") == "Reponse"]
    return [p for p in found if words(p).strip()]


def write(node: etree._Element, text: str) -> None:
    """Other words in place of those that are there."""
    for rank, one in enumerate(node.iter(f"{W}t")):
        one.text = "" if rank else text


def drop(node: etree._Element) -> None:
    """Take an element out."""
    holder = node.getparent()
    assert holder is not None
    holder.remove(node)


def unwrap(node: etree._Element, inner: etree._Element | None) -> None:
    """Leave what an element holds in its place."""
    holder = node.getparent()
    assert holder is not None
    place = holder.index(node)
    holder[place : place + 1] = list(inner) if inner is not None else []


def tables(root: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """The tables of four columns or more, with their rows: those that are filled."""
    for table in list(root.iter(f"{W}tbl")):
        rows = list(table.iter(f"{W}tr"))
        if len(rows) > 1 and len(rows[0].findall(f".//{W}tc")) > 3:
            yield table, rows


@spoil
def without_carriers(root: etree._Element) -> None:
    """No bookmark and no field, as when a text is pasted elsewhere."""
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(root.iter(f"{W}{name}")):
            drop(mark)
    while (control := next(root.iter(f"{W}sdt"), None)) is not None:
        unwrap(control, control.find(f"{W}sdtContent"))


@spoil
def retyped(root: etree._Element) -> None:
    """A letter lost in one label of four."""
    for label in labels(root)[::4]:
        text = words(label)
        write(label, text[:3] + text[4:] if len(text) > 8 else text)
    without_carriers(root)


@spoil
def in_capitals(root: etree._Element) -> None:
    for label in labels(root):
        write(label, f"{words(label).upper()} :")
    without_carriers(root)


@spoil
def erased(root: etree._Element) -> None:
    """Some labels emptied, their bookmarks left."""
    for label in labels(root)[3::7]:
        for run in label.findall(f"{W}r"):
            label.remove(run)


@spoil
def without_labels(root: etree._Element) -> None:
    """Some labels taken out, and everything that names them."""
    gone = labels(root)[3::7]
    without_carriers(root)
    for label in gone:
        holder = label.getparent()
        if holder is not None and len(holder) > 1:
            holder.remove(label)


@spoil
def plain_headings(root: etree._Element) -> None:
    for style in root.iter(f"{W}pStyle"):
        if style.get(f"{W}val", "").startswith("Heading"):
            style.set(f"{W}val", "BodyText")
    without_carriers(root)


@spoil
def sections_moved(root: etree._Element) -> None:
    """The first part put before the third."""
    body = root[0]
    heads = [e for e in body if e.find(f"{W}pPr/{W}pStyle[@{W}val='Heading1']") is not None]
    if len(heads) > 2:
        for block in body[body.index(heads[0]) : body.index(heads[1])]:
            heads[2].addprevious(block)


@spoil
def tables_cut(root: etree._Element) -> None:
    """Each table in two, the second without its titles."""
    for table, rows in tables(root):
        if len(rows) > 4:
            table.addnext(element("tbl", *deepcopy(rows[3:])))
            table.addnext(element("p"))
            for row in rows[3:]:
                drop(row)


@spoil
def tables_cut_with_titles(root: etree._Element) -> None:
    for table, rows in tables(root):
        if len(rows) > 4:
            table.addnext(element("tbl", deepcopy(rows[0]), *deepcopy(rows[3:])))
            table.addnext(element("p"))
            for row in rows[3:]:
                drop(row)


@spoil
def tables_untitled(root: etree._Element) -> None:
    for _, rows in tables(root):
        drop(rows[0])


@spoil
def a_title_above_the_tables(root: etree._Element) -> None:
    for _, rows in tables(root):
        rows[0].addprevious(element("tr", element("tc", paragraph("À remplir par le prestataire"))))


@spoil
def columns_swapped(root: etree._Element) -> None:
    for _, rows in tables(root):
        for row in rows:
            cells = row.findall(f"{W}tc")
            if len(cells) > 3:
                cells[1].addprevious(cells[2])


@spoil
def a_column_taken_out(root: etree._Element) -> None:
    """A column that nobody filled."""
    for _, rows in tables(root):
        held = [row.findall(f"{W}tc") for row in rows]
        if len({len(cells) for cells in held}) == 1 and not any(
            words(cells[-1]).strip("…0☐ ") for cells in held[1:]
        ):
            for cells in held:
                drop(cells[-1])


@spoil
def a_column_added(root: etree._Element) -> None:
    for _, rows in tables(root):
        for rank, row in enumerate(rows):
            row.append(element("tc", paragraph(f"Ma remarque {rank}" if rank else "Remarques")))


@spoil
def cells_merged(root: etree._Element) -> None:
    """The first two cells of the second row made one, as Word writes it."""
    for _, rows in tables(root):
        cells = rows[1].findall(f"{W}tc")
        if len(cells) > 3:
            cells[0].extend(cells[1].findall(f"{W}p"))
            cells[0].insert(0, element("tcPr", element("gridSpan", val="2")))
            drop(cells[1])


@spoil
def cells_merged_down(root: etree._Element) -> None:
    for _, rows in tables(root):
        if len(rows) > 2:
            for row, how in zip(rows[1:3], ("restart", ""), strict=True):
                cell = row.find(f"{W}tc")
                if cell is not None:
                    cell.insert(
                        0, element("tcPr", element("vMerge", **({"val": how} if how else {})))
                    )


@spoil
def a_table_in_a_cell(root: etree._Element) -> None:
    for place in answers(root)[:2]:
        held = paragraph(words(place))
        place.addnext(element("tbl", element("tr", element("tc", held))))
        write(place, "")


@spoil
def answers_in_a_table(root: etree._Element) -> None:
    """Each answer pasted as a table of two columns."""
    for place in answers(root):
        cells = [element("tc", paragraph(t)) for t in ("Ma réponse", words(place))]
        place.addnext(element("tbl", element("tr", *cells)))
        drop(place)


@spoil
def answers_after_their_label(root: etree._Element) -> None:
    for label in labels(root):
        place = label.getnext()
        if place is not None and place in answers(root):
            label.append(element("r", element("t", text=f" : {words(place)}")))
            drop(place)


@spoil
def answers_above_their_label(root: etree._Element) -> None:
    for label in labels(root):
        place = label.getnext()
        if place is not None and place in answers(root):
            label.addprevious(place)


@spoil
def answers_in_the_cell_below(root: etree._Element) -> None:
    """As LibreOffice writes in DOCX the form that was filled in ODT."""
    rows = {next(label.iterancestors(f"{W}tr"), None) for label in labels(root)}
    for row in (row for row in rows if row is not None):
        below = element("tr")
        for cell in row.findall(f"{W}tc"):
            paragraphs = cell.findall(f"{W}p")
            below.append(element("tc", *paragraphs[1:]))
        row.addnext(below)


@spoil
def an_answer_below_the_next_label(root: etree._Element) -> None:
    held = labels(root)
    for label, other in zip(held[4::5], held[5::5], strict=False):
        place = label.getnext()
        if place is not None and place in answers(root):
            other.addnext(place)


@spoil
def answers_as_titles(root: etree._Element) -> None:
    for place in answers(root):
        next(place.iter(f"{W}pStyle")).set(f"{W}val", "Heading2")


@spoil
def answers_quoting_labels(root: etree._Element) -> None:
    """Answers that begin with the words of the label of another question."""
    held = [words(label) for label in labels(root)]
    for place, label in zip(answers(root), held[2:], strict=False):
        place.insert(1, element("r", element("t", text=f"{label} ")))


@spoil
def insertions_tracked(root: etree._Element) -> None:
    for place in answers(root):
        for run in place.findall(f"{W}r"):
            held = element("ins", author="A", date="2026-01-01T00:00:00Z")
            run.addprevious(held)
            held.append(run)


@spoil
def deletions_tracked(root: etree._Element) -> None:
    for place in answers(root):
        gone = element("del", element("r", element("delText", text="mots retirés ")), author="A")
        place.insert(1, gone)


@spoil
def moves_tracked(root: etree._Element) -> None:
    for place in answers(root)[:3]:
        moved = deepcopy(place)
        for copy, name in ((place, "moveFrom"), (moved, "moveTo")):
            runs = copy.findall(f"{W}r")
            copy.append(element(name, *runs, author="A"))
        place.addnext(moved)


@spoil
def labels_deleted_tracked(root: etree._Element) -> None:
    for label in labels(root)[2::6]:
        for run in label.findall(f"{W}r"):
            for shown in run.findall(f"{W}t"):
                shown.tag = f"{W}delText"
            held = element("del", author="A")
            run.addprevious(held)
            held.append(run)


@spoil
def a_row_inserted_tracked(root: etree._Element) -> None:
    for _, rows in tables(root):
        rows[1].insert(0, element("trPr", element("ins", author="A")))


def _in_a_part(content: bytes, name: str, root_name: str, note: str, mark: str) -> bytes:
    """The long answers put in another part: notes, comments; their marks left in the text."""
    said: list[str] = []

    def take(root: etree._Element) -> None:
        for rank, place in enumerate(answers(root), 10):
            said.append(words(place))
            write(place, "")
            place.append(element("r", element(mark, id=str(rank))))

    spoilt = part(content, TEXT, take)
    notes = [element(note, paragraph(t), id=str(n)) for n, t in enumerate(said, 10)]
    made = element(root_name, *notes)
    return with_part(spoilt, name, etree.tostring(made))


def with_part(content: bytes, name: str, held: bytes) -> bytes:
    """A file with a part more, or another in its place."""
    import zipfile
    from io import BytesIO

    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for entry in before.infolist():
            if entry.filename != name:
                after.writestr(entry.filename, before.read(entry.filename))
        after.writestr(name, held)
    return made.getvalue()


@kept
def answers_in_comments(content: bytes) -> bytes:
    return _in_a_part(content, "word/comments.xml", "comments", "comment", "commentReference")


@kept
def answers_in_footnotes(content: bytes) -> bytes:
    return _in_a_part(content, "word/footnotes.xml", "footnotes", "footnote", "footnoteReference")


@kept
def answers_in_endnotes(content: bytes) -> bytes:
    return _in_a_part(content, "word/endnotes.xml", "endnotes", "endnote", "endnoteReference")


@kept
def answers_in_a_header(content: bytes) -> bytes:
    return _in_a_part(content, "word/header9.xml", "hdr", "sdtContent", "proofErr")


@spoil
def answers_in_text_boxes(root: etree._Element) -> None:
    """As Word writes them: twice, for old programs too."""
    mc = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    for place in answers(root):
        both = etree.Element(f"{mc}AlternateContent")
        for name in ("Choice", "Fallback"):
            box = element("txbxContent", paragraph(words(place)))
            etree.SubElement(both, f"{mc}{name}").append(element("drawing", box))
        write(place, "")
        place.append(element("r", both))


@spoil
def answers_in_old_text_boxes(root: etree._Element) -> None:
    for place in answers(root):
        box = element("txbxContent", paragraph(words(place)))
        write(place, "")
        place.append(element("r", element("pict", box)))


@spoil
def answers_in_old_fields(root: etree._Element) -> None:
    """FORMTEXT, as forms of Word 2003 have them."""
    for place in answers(root):
        text = words(place)
        for run in place.findall(f"{W}r"):
            drop(run)
        for held in (
            element("fldChar", fldCharType="begin"), element("instrText", text=" FORMTEXT "),
            element("fldChar", fldCharType="separate"), element("t", text=text),
            element("fldChar", fldCharType="end"),
        ):  # fmt: skip
            place.append(element("r", held))


@spoil
def answers_as_links(root: etree._Element) -> None:
    for place in answers(root):
        for run in place.findall(f"{W}r"):
            held = element("hyperlink", anchor="x")
            run.addprevious(held)
            held.append(run)


@spoil
def runs_of_one_letter(root: etree._Element) -> None:
    for place in answers(root):
        for run in place.findall(f"{W}r"):
            for letter in reversed(words(run)):
                run.addnext(element("r", element("t", text=letter)))
            drop(run)


@spoil
def answers_numbered(root: etree._Element) -> None:
    for rank, place in enumerate(answers(root), 1):
        place.insert(1, element("r", element("t", text=f"{rank}. ")))


@spoil
def lines_in_one_paragraph(root: etree._Element) -> None:
    """An answer and its label in one paragraph, with a line break between."""
    for label in labels(root):
        place = label.getnext()
        if place is not None and place in answers(root):
            label.append(element("r", element("br"), element("t", text=words(place))))
            drop(place)


@spoil
def empty_paragraphs_everywhere(root: etree._Element) -> None:
    for place in [*labels(root), *answers(root)]:
        place.addnext(element("p"))
        place.addprevious(element("p", element("r", element("br"))))


@spoil
def no_empty_paragraph(root: etree._Element) -> None:
    for place in list(root.iter(f"{W}p")):
        holder = place.getparent()
        if not "".join(place.itertext()).strip() and holder is not None and len(holder) > 2:
            drop(place)


@spoil
def prompts_half_deleted(root: etree._Element) -> None:
    """A short answer typed in what is left of « Écrire ici »."""
    for control in root.iter(f"{W}sdt"):
        if words(control) == "Écrire ici":
            write(control, "Écrire i Claire Montagut")


@spoil
def words_between_title_and_label(root: etree._Element) -> None:
    for label in labels(root)[4::3]:
        label.addprevious(paragraph("Voir aussi notre réponse en annexe."))


@spoil
def boxes_crossed_beside(root: etree._Element) -> None:
    """A cross typed after the words of a box, which stays empty."""
    for box in list(root.iter(f"{W14}checkbox")):
        control = next(box.iterancestors(f"{W}sdt"))
        if any(c.get(f"{W14}val") == "1" for c in control.iter(f"{W14}checked")):
            for state in control.iter(f"{W14}checked"):
                state.set(f"{W14}val", "0")
            write(control, "☐")
            control.getparent().append(element("r", element("t", text=" X")))  # type: ignore[union-attr]


@spoil
def boxes_as_letters(root: etree._Element) -> None:
    """A cross typed in place of each box that is ticked, brackets for the others."""
    for box in list(root.iter(f"{W14}checkbox")):
        control = next(box.iterancestors(f"{W}sdt"))
        on = any(c.get(f"{W14}val") == "1" for c in control.iter(f"{W14}checked"))
        write(control, "[x]" if on else "[ ]")
        unwrap(control, control.find(f"{W}sdtContent"))


@spoil
def boxes_as_symbols(root: etree._Element) -> None:
    """Wingdings inserted in place of the boxes."""
    for box in list(root.iter(f"{W14}checkbox")):
        control = next(box.iterancestors(f"{W}sdt"))
        on = any(c.get(f"{W14}val") == "1" for c in control.iter(f"{W14}checked"))
        sign = element("sym", font="Wingdings", char="F0FE" if on else "F06F")
        control.addprevious(element("r", sign))
        drop(control)


@spoil
def as_google_docs(root: etree._Element) -> None:
    """No bookmark, no field, no style, every run with its own look."""
    without_carriers(root)
    for about in list(root.iter(f"{W}pPr")):
        drop(about)
    for run in root.iter(f"{W}r"):
        run.insert(0, element("rPr", element("rtl", val="0")))


@spoil
def as_pages(root: etree._Element) -> None:
    """Styles of its own, tables as anchored boxes, spaces made unbreakable."""
    without_carriers(root)
    for style in root.iter(f"{W}pStyle"):
        style.set(f"{W}val", "Body")
    for shown in root.iter(f"{W}t"):
        shown.text = re.sub(" (?=[:;?!»])|(?<=«) ", "\u00a0", shown.text or "")


@spoil
def two_forms_in_one(root: etree._Element) -> None:
    """The form twice, the second one filled otherwise."""
    body = root[0]
    other = deepcopy(body)
    without_carriers(other)
    for rank, place in enumerate(answers(other)):
        write(place, f"Seconde réponse numéro {rank}")
    body.extend(list(other))


@spoil
def an_older_form(root: etree._Element) -> None:
    """Some labels in the words of another version, one question that is no longer asked."""
    held = labels(root)
    without_carriers(root)
    for label in held[1::4]:
        write(label, f"Pouvez-vous nous parler de : {words(label)[:12]} ?")
    held[-1].addprevious(paragraph("Votre avis sur le questionnaire"))
    held[-1].addprevious(paragraph("Trop long."))


@spoil
def after_the_end(root: etree._Element) -> None:
    """All answers in a letter below the form."""
    body = root[0]
    for place in answers(root):
        body.append(paragraph(words(place)))
        write(place, "")


@spoil
def struck(root: etree._Element) -> None:
    """Words crossed out beside the answer."""
    for place in answers(root)[:3]:
        gone = element("rPr", element("strike"))
        place.append(element("r", gone, element("t", text=" non, rayé")))
