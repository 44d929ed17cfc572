"""Satisfaction surveys: what they ask, by when they are awaited, and what was answered.

The themes of each side are the notes that the schema of `evaluation.yaml` knows ([seed 002],
[seed 004]): the form, the file and the synthesis ask the same. Pure functions of these data.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dla_docs.model.days import days_after
from dla_docs.model.schemas import Schema, field_at, fields
from dla_docs.model.values import Moyenne

SIDES = {"beneficiaires": ("beneficiaires", 0), "prestataire": ("prestataire",)}
"""Where the survey of each side is in the schema."""


@dataclass(frozen=True)
class Theme:
    """What a survey asks to note, from 1 to 5; with the notes given, in the order of the answers.

    `moyenne`: to one decimal, of those who noted it; None where nobody did.
    """

    cle: str
    titre: str
    question: str
    notes: tuple[int | None, ...] = ()
    moyenne: Decimal | None = None


@dataclass(frozen=True)
class Form:
    """The survey to fill in: its themes, the days left to answer; once dated, when and by when."""

    themes: tuple[Theme, ...]
    delai: int
    envoi: date | None = None
    retour: date | None = None


@dataclass(frozen=True)
class Awaited:
    """Who has not answered: since when, reminded when, and the day the answer was due.

    Without `envoi`, the survey was never sent.
    """

    nom: str
    envoi: date | None = None
    relances: tuple[date, ...] = ()
    retour: date | None = None


@dataclass(frozen=True)
class Side:
    """The surveys of one side: how many were owed and answered, what they say together.

    `repondants` names those of `Theme.notes`, in the same order; `moyenne` is the mean of all the
    notes given.
    """

    themes: tuple[Theme, ...]
    attendues: int
    repondants: tuple[str, ...]
    moyenne: Decimal | None
    sans_reponse: tuple[Awaited, ...]


@dataclass(frozen=True)
class Answers:
    """What both sides answered, and the last day that anything happened."""

    beneficiaires: Side
    prestataire: Side
    au: date | None


def form(schema: Schema, side: str, sent: str | None, delay: int) -> Form:
    """The survey of a side of `SIDES`; `sent`: the day it was or is to be, AAAA-MM-JJ."""
    day = date.fromisoformat(sent) if sent else None
    return Form(tuple(themes(schema, side)), delay, day, _due(sent, delay))


def answers(
    schema: Schema, data: Mapping[str, Any], owed: Mapping[str, str], maker: str, delay: int
) -> Answers:
    """What the surveys of an `evaluation.yaml` say together.

    `owed`: the structures to ask, by the name that references give, with what they are called;
    `maker`: what the prestataire is called.
    """
    asked = [one for one in data.get("beneficiaires") or [] if "structure" in one]
    sent = [(owed.get(one["structure"], one["structure"]), one) for one in asked]
    named = {one["structure"] for one in asked}
    sent += [(title, {}) for name, title in owed.items() if name not in named]
    both = (*asked, data.get("prestataire") or {})
    return Answers(
        _side(schema, "beneficiaires", sent, delay),
        _side(schema, "prestataire", [(maker, data.get("prestataire") or {})], delay),
        max((day for one in both for day in _days(one)), default=None),
    )


def _side(
    schema: Schema, side: str, asked: list[tuple[str, Mapping[str, Any]]], delay: int
) -> Side:
    answered = [(name, one) for name, one in asked if one.get("date_reponse")]
    noted = tuple(themes(schema, side, [one.get("notes") or {} for _, one in answered]))
    silent = (
        Awaited(
            name,
            _day(one.get("date_envoi")),
            tuple(map(date.fromisoformat, one.get("relances") or ())),
            _due(one.get("date_envoi"), delay),
        )
        for name, one in asked
        if not one.get("date_reponse")
    )
    return Side(
        noted,
        len(asked),
        tuple(name for name, _ in answered),
        _mean(note for theme in noted for note in theme.notes),
        tuple(silent),
    )


def themes(schema: Schema, side: str, noted: Sequence[Mapping[str, Any]] = ()) -> Iterator[Theme]:
    """The themes of a side of `SIDES`; `noted`: the notes of each answer, by theme."""
    for key, field in fields(field_at(schema, (*SIDES[side], "notes"))):
        notes = tuple(one.get(key) for one in noted)
        title, asked = str(field.get("title", key)), str(field.get("description", ""))
        yield Theme(key, title, asked, notes, _mean(notes))


def _mean(notes: Any) -> Decimal | None:
    given = [Decimal(note) for note in notes if note is not None]
    if not given:
        return None
    return Moyenne((sum(given, Decimal(0)) / len(given)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _days(one: Mapping[str, Any]) -> Iterator[date]:
    written = (one.get("date_envoi"), *(one.get("relances") or ()), one.get("date_reponse"))
    yield from (date.fromisoformat(day) for day in written if day)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _due(sent: str | None, delay: int) -> date | None:
    return days_after(date.fromisoformat(sent), delay) if sent else None
