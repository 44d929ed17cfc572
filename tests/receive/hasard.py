"""Random fillings as people make them: what they write, the rows they add, what Word does to it.

A filling says what must come back: `values` by field, `rows` by table in order.
"""

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from dla_docs.formats.fields import prompt_of
from dla_docs.forms.fields import Field, Kind
from dla_docs.receive.answers import Reply
from dla_docs.receive.blank import Blank, Row, Table
from tests.receive.filling import W14, W, part

TEXT = "word/document.xml"
XML = "{http://www.w3.org/XML/1998/namespace}"
Cells = tuple[str | bool, ...]

_WORDS = (
    "la structure a un projet clair mais l’équipe manque de temps : bénévoles, salariées et élus "
    "portent l’accueil, la gestion (sans l’aide d’un logiciel) depuis deux ans ; c’est trop. "
    "Œuvrer à « l’économie sociale » coûte 3 250,00 € HT & 12 % de TVA <b>net</b> | a*b _c_ # 4"
).split()
_LINES = (
    "Néant", "N/A", "idem", "1. Un entretien", "2) deux", "# 1 des priorités", "* une étoile",
    "> 20 personnes", "- tiret", "50 % & plus", "a < b > c", "x", "Oui", "non", "« Guillemets »",
    "\"droits\" et 'simples'", "C:\\dossier\\fichier", "https://exemple.fr/a_b?c=d&e=1#f", "+ 3 j",
    "cout\u0302t et e\u0301te\u0301", "😀 merci", "10 000", "[voir annexe](1)", "`code`", "~barré~",
    "Total à revoir", "1 200,50 €", "06.11.22.33.44", "nom_de_fichier_final.docx", "$5 et 10$",
    "Enjeux : le même mot que le titre", "…suite", "a | b | c", "(c) ^haut^ @nom", "= 3",
    "::: note",
)  # fmt: skip
"""What a program may take for a sign of its own, or for no answer."""
_DATES = (
    "{d:02}/{m:02}/2026", "{d}/{m}/2026", "{d:02}-{m:02}-2026", "2026-{m:02}-{d:02}",
    "{d:02}.{m:02}.2026", "{d} {name} 2026", "le {d} {name} 2026",
)  # fmt: skip
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_NUMBERS = ("{n}", "{n},5", "{n}.5", "1 {n:03},00", "1\u202f{n:03}", "{n} €", "{n} jours")


@dataclass(frozen=True)
class Filling:
    """A filled form and what must come back of it: answers by field, rows by table."""

    content: bytes
    values: dict[str, str | bool] = field(default_factory=dict)
    rows: dict[str, list[Cells]] = field(default_factory=dict)


def filling(content: bytes, blank: Blank, seed: int) -> Filling:
    """A form of Word filled at random."""
    rng = random.Random(seed)
    values: dict[str, str | bool] = {}
    rows: dict[str, list[Cells]] = {}

    def write(root: etree._Element) -> None:
        hand = _Hand(root, blank, rng)
        values.update(hand.answers())
        rows.update(hand.tables())

    return Filling(part(content, TEXT, write), values, rows)


class _Hand:
    """A person who fills a form of Word."""

    def __init__(self, root: etree._Element, blank: Blank, rng: random.Random) -> None:
        self._root, self._blank, self._rng = root, blank, rng
        self._controls = {_tag(c): c for c in root.iter(f"{W}sdt") if _tag(c) in blank.fields}
        self._cells = {k for t in blank.tables.values() for r in t.rows for k in r.keys}

    def answers(self) -> Iterator[tuple[str, str | bool]]:
        """The answers out of tables, most of them given."""
        asked = [f for key, f in self._blank.fields.items() if key not in self._cells]
        for one in (f for f in asked if f.kind is not Kind.SIGNATURE):
            if self._rng.random() < 0.15:
                continue
            if one.kind is Kind.LONG:
                yield one.key, self._long(one)
            elif one.kind is Kind.TICK:
                ticked = self._rng.random() < 0.4
                tick(self._controls[one.key], ticked)
                yield one.key, ticked
            else:
                text = short(one, self._rng)
                self._short(one, self._controls[one.key], text)
                yield one.key, text

    def _short(self, one: Field, control: etree._Element, text: str) -> None:
        """Typed in its field, or after the prompt, or in its place once it is deleted."""
        manner = self._rng.random()
        after = manner > 0.97 and one.kind is not Kind.NUMBER
        typed(control, f"{prompt_of(one)} {text}" if after else text)
        if manner < 0.15:
            unwrapped(control)

    def _long(self, one: Field) -> str:
        place = _answer_below(self._root, one.key)
        pieces = [sentence(self._rng) for _ in range(self._rng.choice((1, 1, 2, 3, 6)))]
        manner = self._rng.random()
        if manner < 0.15:
            pieces = [" ".join(sentence(self._rng) for _ in range(40))]
        listed = manner > 0.8
        for rank, text in enumerate(pieces):
            item = listed and rank > 0
            place = _paragraph(place, text, bool(rank), item)
            pieces[rank] = f"- {text}" if item else text
            if self._rng.random() < 0.2:
                place = _paragraph(place, "", True, False)
        return "\n".join(pieces)

    def tables(self) -> Iterator[tuple[str, list[Cells]]]:
        """The rows of the tables: filled, left, taken out, added after the last."""
        for key, table in self._blank.tables.items():
            held = list(self._rows_of(table))
            if held:
                yield key, list(self._rows(table, held))

    def _rows_of(self, table: Table) -> Iterator[tuple[Row, etree._Element]]:
        for row in table.rows:
            named = [self._controls[key] for key in row.keys if key in self._controls]
            if named and not row.total:
                yield row, next(named[0].iterancestors(f"{W}tr"))

    def _rows(self, table: Table, held: list[tuple[Row, etree._Element]]) -> Iterator[Cells]:
        free = not any(word.strip("…0☐ ") for row, _ in held for word in row.words)
        if free:
            row, last = held[-1]
            for _ in range(self._rng.choice((0, 0, 0, 1, 4))):
                other = deepcopy(_whole(last))
                _whole(held[-1][1]).addnext(other)
                held.append((row, other if other.tag == f"{W}tr" else next(other.iter(f"{W}tr"))))
        for row, place in held:
            manner = self._rng.random()
            if free and manner < 0.1 and place is not held[-1][1]:
                holder = _whole(place).getparent()
                assert holder is not None
                holder.remove(_whole(place))
            elif manner > 0.2 and any(cells := tuple(self._row(row, place))):
                yield cells

    def _row(self, row: Row, place: etree._Element) -> Iterator[str | bool]:
        """Each cell as it must come back; nothing for one that is of the form, or left empty."""
        places = list(place.iter(f"{W}tc"))
        one_box = self._rng.randrange(8)
        for column, key in enumerate(row.keys):
            own = self._blank.fields.get(key)
            control = next(places[column].iter(f"{W}sdt"), None)
            if own is None or own.kind is Kind.SIGNATURE:
                yield ""
            elif own.kind is Kind.TICK:
                ticked = column == one_box
                if control is not None:
                    tick(control, ticked)
                yield ticked
            elif self._rng.random() < 0.2:
                yield ""
            else:
                text = short(own, self._rng)
                if control is not None:
                    self._short(own, control, text)
                else:
                    next(places[column].iter(f"{W}t")).text = text
                yield text


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val", ""))


def _whole(row: etree._Element) -> etree._Element:
    """A row with the fields that repeat it."""
    whole = row
    while (above := whole.getparent()) is not None and above.tag in {f"{W}sdt", f"{W}sdtContent"}:
        if above.find(f"{W}sdtPr/{W}tag") is not None:
            break
        whole = above
    return whole if whole.tag != f"{W}sdtContent" else row


def tick(control: etree._Element, ticked: bool) -> None:
    """A box clicked, or not."""
    next(control.iter(f"{W}t")).text = "☒" if ticked else "☐"
    for box in control.iter(f"{W14}checked"):
        box.set(f"{W14}val", str(int(ticked)))


def typed(control: etree._Element, text: str) -> None:
    """A field that a person types in: its prompt is gone."""
    texts = list(control.iter(f"{W}t"))
    for other in texts[1:]:
        other.text = ""
    texts[0].text = text
    texts[0].set(f"{XML}space", "preserve")
    for shown in list(control.iter(f"{W}showingPlcHdr")):
        shown.getparent().remove(shown)  # type: ignore[union-attr]


def unwrapped(control: etree._Element) -> None:
    """A field deleted, its words left: what is typed where the prompt was deleted."""
    holder, content = control.getparent(), control.find(f"{W}sdtContent")
    assert holder is not None and content is not None
    place = holder.index(control)
    holder[place : place + 1] = list(content)


def _answer_below(root: etree._Element, key: str) -> etree._Element:
    marks = root.iter(f"{W}bookmarkStart")
    mark = next(m for m in marks if m.get(f"{W}name") == f"l_{key}")
    place: etree._Element | None = next(mark.iterancestors(f"{W}p"))
    while place is not None and (place.tag != f"{W}p" or "".join(place.itertext()).strip()):
        place = place.getnext()
    assert place is not None, f"no place for {key}"
    return place


def _paragraph(place: etree._Element, text: str, another: bool, item: bool) -> etree._Element:
    """A paragraph of an answer: the empty one, or another below it; one of a list or not."""
    target = place
    if another:
        target = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(target, f"{W}pPr"), f"{W}pStyle").set(
            f"{W}val", "Reponse"
        )
        place.addnext(target)
    if item:
        numbered = etree.SubElement(target.find(f"{W}pPr"), f"{W}numPr")  # type: ignore[arg-type]
        etree.SubElement(numbered, f"{W}ilvl").set(f"{W}val", "0")
        etree.SubElement(numbered, f"{W}numId").set(f"{W}val", "1")
    run = target.find(f"{W}r")
    run = etree.SubElement(target, f"{W}r") if run is None else run
    for old in list(run):
        run.remove(old)
    shown = etree.SubElement(run, f"{W}t")
    shown.text = text
    shown.set(f"{XML}space", "preserve")
    return target


def short(one: Field, rng: random.Random) -> str:
    """An answer of a line, of the kind that is asked, in one of the ways it is written."""
    match one.kind:
        case Kind.DATE:
            month = rng.randint(1, 12)
            shape = rng.choice(_DATES)
            return shape.format(d=rng.randint(1, 28), m=month, name=_MONTHS[month - 1])
        case Kind.NUMBER:
            return rng.choice(_NUMBERS).format(n=rng.randint(1, 900))
        case Kind.LIST:
            return rng.choice(one.choices)
    return sentence(rng)


def sentence(rng: random.Random) -> str:
    """Some words, or a line with signs of its own."""
    if rng.random() < 0.25:
        return rng.choice(_LINES)
    said = [rng.choice(_WORDS) for _ in range(rng.randint(2, 14))]
    # Signs alone are no answer that people give.
    return " ".join(said) if any(map(str.isalnum, "".join(said))) else "Néant"


def saved_by_word(content: bytes, seed: int) -> bytes:
    """A form as Word saves it: names of fields emptied, runs cut, proofing, its own marks."""
    rng = random.Random(seed)
    return part(content, TEXT, lambda root: _saved(root, rng))


def _saved(root: etree._Element, rng: random.Random) -> None:
    for tag in root.iter(f"{W}tag"):
        tag.set(f"{W}val", "")
    for paragraph in root.iter(f"{W}p"):
        paragraph.set(f"{W}rsidR", f"{rng.randrange(16**8):08X}")
    for run in [r for r in root.iter(f"{W}r") if len(r.findall(f"{W}t")) == 1]:
        _cut(run, rng)


def _cut(run: etree._Element, rng: random.Random) -> None:
    """A run in several, where a person stopped and a checker doubted."""
    shown = run.find(f"{W}t")
    words = shown.text or "" if shown is not None else ""
    while shown is not None and len(words) > 3 and rng.random() < 0.6:
        place = rng.randrange(1, len(words))
        other = deepcopy(run)
        tail = other.find(f"{W}t")
        assert tail is not None
        shown.text, tail.text = words[:place], words[place:]
        shown.set(f"{XML}space", "preserve")
        tail.set(f"{XML}space", "preserve")
        other.set(f"{W}rsidRPr", f"{rng.randrange(16**8):08X}")
        run.addnext(other)
        for kind in ("spellEnd", "spellStart")[: rng.randrange(3)]:
            proof = etree.Element(f"{W}proofErr")
            proof.set(f"{W}type", kind)
            run.addnext(proof)
        words = words[:place]


def same_text(one: str, other: str) -> bool:
    """Whether two texts have the same words on the same lines; dashes, ties and case count."""
    return canonical(one) == canonical(other)


def canonical(text: str) -> str:
    """A text without the white space that no program keeps."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def wrong(put: Filling, reply: Reply, blank: Blank) -> Iterator[str]:
    """What did not come back as it was put, and is not told; what came that nobody put."""
    told = canonical(" ".join(words.text for words in reply.more))
    for key in dict.fromkeys((*put.values, *reply.answers)):
        value, answer = put.values.get(key, ""), reply.answers.get(key)
        if isinstance(value, bool) or (answer and answer.ticked is not None):
            if bool(answer and answer.ticked) != bool(value):
                yield f"{key} : {value} → {answer}"
        elif not same_text(value, answer.text if answer else ""):
            if canonical(value) in told or (answer and answer.doubt):
                continue
            yield f"{key} : {value[:200]!r} → {answer.text[:200] if answer else None!r}"
    for key, rows in put.rows.items():
        got = [
            _cells(line.cells, line.ticked, line.fixed, rows) for line in reply.lines.get(key, ())
        ]
        wanted = [tuple(c if isinstance(c, bool) else canonical(c) for c in row) for row in rows]
        if got != wanted:
            lost, odd = ([r for r in a if r not in b] for a, b in ((wanted, got), (got, wanted)))
            yield f"{key} : {lost} → {odd}"


def _cells(
    cells: Cells, ticked: tuple[int, ...], fixed: tuple[int, ...], rows: list[Cells]
) -> Cells:
    boxes = {c for row in rows for c, cell in enumerate(row) if isinstance(cell, bool)}
    return tuple(
        c in ticked if c in boxes else "" if c in fixed else canonical(str(cell))
        for c, cell in enumerate(cells)
    )
