"""A person who knows a dossier and answers the questions of `dla new … --questions` from it.

`python -m tests.create.scripted` prints how many answers each part of the demonstration takes, and
how many of them are values typed rather than kept or passed by Enter (`-v`: each of them).
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dla_docs.create.asking.answers import read_answer
from dla_docs.create.asking.interview import answered, begun, edits_of, trimmed, with_values
from dla_docs.create.asking.owed import blank
from dla_docs.create.asking.questions import (
    Form,
    Progress,
    Question,
    cells,
    general,
    is_table,
    next_question,
    printed_keys,
)
from dla_docs.create.asking.received import instead_of
from dla_docs.create.new import Draft, draft, drafted
from dla_docs.edit.edit import changed
from dla_docs.flow import Examined
from dla_docs.load.references import titled
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import Schema, field_at

DOSSIER = "dossiers/2025-003-calades-jabron"
MISSION = f"{DOSSIER}/ingenieries/bilan-organisation-finances"
OFFERS = ("delphine-orsatelli", "tamaris-gestion")
PARTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("dossier", ("Bilan d’organisation et de gestion des Calades du Jabron",), DOSSIER),
    *((kind, ("2025-003",), DOSSIER) for kind in ("accueil", "diagnostic", "parcours")),
    ("ingenierie", ("2025-003", "Bilan d’organisation et de gestion"), MISSION),
    *((kind, ("2025-003",), MISSION) for kind in ("cahier-des-charges", "consultation")),
    *(("proposition", ("2025-003", offer), f"{MISSION}/propositions/{offer}") for offer in OFFERS),
    *((kind, ("2025-003",), MISSION) for kind in ("choix", "convention", "realisation")),
    *((kind, ("2025-003",), MISSION) for kind in ("rapport-final", "restitution")),
    *((kind, ("2025-003",), MISSION) for kind in ("reglement", "evaluation")),
    ("suivi", ("2025-003",), DOSSIER),
)
"""From the demande to the follow-up: the kind, the words of the command, the place."""


@dataclass(frozen=True)
class Played:
    """A part once typed: its file, its data, those of the demonstration, what was answered.

    `words`: what the command says beside the kind and the dossier, which a person types too.
    """

    kind: str
    path: str
    text: str
    data: Any
    meant: Any
    answers: tuple[tuple[Question, str], ...]
    words: int

    @property
    def typed(self) -> int:
        """The answers that are typed, the others being an Enter."""
        return self.words + sum(bool(said) for _, said in self.answers)

    @property
    def given(self) -> int:
        """Every answer, Enter included."""
        return self.words + len(self.answers)


def play(
    kind: str, words: tuple[str, ...], place: str, examined: Examined, written: bool = False
) -> Played:
    """Type one part of the demonstration, as if its own file were not there.

    `written`: each answer is written in the text and read back, which takes four times longer.
    """
    corpus, types = examined.corpus, examined.types.values()
    path = f"{place}.yaml" if "propositions" in place else f"{place}/{kind}.yaml"
    meant = corpus.sources[path].data
    # The command asks who is accompanied before it makes the file: one answer more.
    given = {"structures": meant["structures"]} if kind == "dossier" else {}
    if kind == "dossier":
        # Those of the demonstration come after it: none is offered as one before.
        apart = {"dossier", "ingenierie"}
        kept = {p: s for p, s in corpus.scopes.items() if s.level not in apart}
        corpus = replace(corpus, scopes=kept)
    start = draft(corpus.kinds[kind], words, given, corpus, types, examined.day)
    text = drafted(start, corpus).decode()
    progress = _begun(start, text, given, examined)
    data, answers = _data(text), list[tuple[Question, str]]()
    while question := next_question(start.schema, data, progress):
        typed = said(question, meant, data)
        value = question.proposed
        if typed:
            value = read_answer(typed, question, lambda target: titled(corpus, target))
        puts, progress = answered(question, value, data, progress)
        if written:
            text = changed(text, edits_of(puts, data), start.schema)
        data = _data(text) if written else trimmed(with_values(data, puts))
        answers.append((question, typed))
        assert len(answers) < 200, question
    named = len([word for word in words if word != "2025-003"]) + len(given)
    return Played(kind, path, text, data, meant, tuple(answers), named)


def _begun(start: Draft, text: str, given: dict[str, Any], examined: Examined) -> Progress:
    named = {"dossier": ("titre", "type"), "ingenierie": ("intitule",)}.get(start.kind.name, ())
    types = (t for t in examined.types.values() if t.donnees[0] == start.kind.name)
    sections = (section for t in types if not t.condition for section in t.sections)
    printed = printed_keys((path for s in sections for path in s.champs), start.kind.name)
    instead = instead_of(start.kind, examined.types.values())
    progress = begun(start, _data(text), (*given, *named))
    return replace(progress, printed=printed, instead=instead)


def _data(text: str) -> Any:
    return trimmed(parse("", text.encode()).data)


def said(question: Question, meant: Any, data: Any) -> str:
    """What the person types; nothing to keep what is proposed, or to pass."""
    here, own = question.pointer, question.field
    match question.form:
        case Form.KNOWN:
            wrong = (not _same_part(own, place, data, meant) for place in question.places)
            return " ".join(str(rank) for rank, to_change in enumerate(wrong, 1) if to_change)
        case Form.ALSO:
            held = [value for _, value in Path("x", general(here)).of(meant)]
            there = (any(key in one for one in held) for key in question.columns)
            return " ".join(str(rank) for rank, is_there in enumerate(there, 1) if is_there)
        case Form.COLUMN:
            places = ((*here, rank, question.columns[0]) for rank in question.ranks)
            return " ".join(_typed(at(meant, place)) for place in places)
        case Form.ROW:
            return _line(question, at(meant, here))
    value = at(meant, here)
    return "" if value == question.proposed else _typed(value, own)


def _same_part(schema: Schema, place: Pointer, data: Any, meant: Any) -> bool:
    """Whether a known part is right and whole; for a table, whether it has enough elements."""
    value, other, own = at(data, place), at(meant, place), field_at(schema, place)
    if is_table(own):
        return len(value) >= len(other or ())
    if isinstance(value, dict):
        if not value.keys() >= set(own.get("required", ())) & set(cells(own)):
            # What it lacks is asked in its turn.
            return all((other or {}).get(key) == value[key] for key in cells(own) if key in value)
        return {k: value.get(k) for k in cells(own)} == {
            k: (other or {}).get(k) for k in cells(own)
        }
    return bool(value == other)


def _line(question: Question, value: Any) -> str:
    """The cells of a line, the empty ones at its end left out; nothing where all are right."""
    proposed = question.proposed or {}
    columns = question.columns
    if value is None and proposed and isinstance(question.pointer[-1], int):
        return "-"
    if value is None or {k: proposed.get(k) for k in columns} == {k: value.get(k) for k in columns}:
        return ""
    row = [
        "-"
        if key in proposed and key not in value
        else ""
        if key in proposed and proposed[key] == value.get(key)
        else _cell(value.get(key), field_at(question.field, (key,)))
        for key in columns
    ]
    while row and not row[-1]:
        row.pop()
    return " ; ".join(row)


def _cell(value: Any, own: Schema) -> str:
    text = _typed(value, own).replace("\n", " / ")
    return f'"{text}"' if ";" in text else text


def _typed(value: Any, own: Schema | None = None) -> str:
    """A value as a person types it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        closed = {"enum", "x-reference", "format"} & set((own or {}).get("items", {}))
        return (", " if closed else "\n").join(map(_typed, value))
    if isinstance(value, dict) and "fichier" in value:
        return f"fichier : {value['fichier']}"
    if isinstance(value, dict):
        page = f"{value['page']} {value.get('note', '')}".strip() if "page" in value else ""
        return page or str(value["etat"])
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def differences(data: Any, meant: Any, place: Pointer = ()) -> Iterator[Pointer]:
    """Where what was typed is not what the demonstration holds."""
    if isinstance(data, dict) and isinstance(meant, dict):
        for key in dict.fromkeys((*data, *meant)):
            yield from differences(data.get(key), meant.get(key), (*place, key))
    elif isinstance(data, list) and isinstance(meant, list) and len(data) == len(meant):
        for rank, (one, other) in enumerate(zip(data, meant, strict=True)):
            yield from differences(one, other, (*place, rank))
    elif isinstance(data, str) and isinstance(meant, str) and data.strip() == meant.strip():
        return
    elif not (data == meant or (blank(data) and blank(meant))):
        yield place


def main() -> None:
    """Print the count of each part, and of all."""
    from tests.scenes import demonstration

    every = [play(*part, demonstration()) for part in PARTS]
    for one in every:
        sys.stdout.write(f"{one.given:4} réponses, dont {one.typed:3} tapées : {one.kind}\n")
        for question, text in one.answers if "-v" in sys.argv else ():
            place = Path.to(one.kind, question.pointer)
            sys.stdout.write(f"       {question.form} {place} {question.columns} | {text[:70]!r}\n")
        for place in differences(one.data, one.meant):
            sys.stdout.write(f"       autrement : {Path.to(one.kind, place)}\n")
    total, typed = sum(one.given for one in every), sum(one.typed for one in every)
    sys.stdout.write(f"{total:4} réponses, dont {typed:3} tapées, en tout\n")


if __name__ == "__main__":
    main()
