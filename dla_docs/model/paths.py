"""One language for « a path in the data », for data and schemas alike.

Rules, manifests, `dla status`, what `dla new` fills in and consents all name data so:

- `convention.date`: a key of the file of that kind; the first word is the *part*;
- `realisation.notes[].date`: of every element of a list, or value of a mapping;
- `reglement.versements[libelle=solde].date_paiement`: of the elements that hold that value;
- `accueil[decision=ajourner]`: a mapping itself, if it holds that value;
- `choix.evaluations[0].prestataire`: of one element;
- `choix.retenu/proposition.budget.jours`: in the file that another datum names.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema

# A key begins with a letter: `notes[0]` has a rank and `notes.0` is no path.
_WORD = r"[^\W\d][\w-]*"
_DOT = re.compile(r"\[[^\[\]]*\]|(?P<dot>\.)")
"""What parts two steps; a dot inside brackets is of the value: « [intitule=M. Blanc] »."""
_STEP = re.compile(rf"(?P<key>{_WORD})?(?P<marks>(?:\[[^\[\]]*\])*)")
_MARK = re.compile(r"\[(?:(?P<rank>\d+)|(?P<key>[\w-]+)=(?P<value>[^\[\]]*))?\]")


def _steps_of(text: str) -> list[str]:
    """The words between the dots of a path."""
    dots = [found.start() for found in _DOT.finditer(text) if found["dot"]]
    return [text[a + 1 : b] for a, b in zip([-1, *dots], [*dots, len(text)], strict=True)]


@dataclass(frozen=True)
class Every:
    """Every element of a list, or value of a mapping, that holds `value` under `key`, if given."""

    key: str = ""
    value: str = ""

    def keeps(self, item: Any) -> bool:
        """Whether an element is meant."""
        return not self.key or (
            isinstance(item, dict) and _printed(item.get(self.key)) == self.value
        )

    def __str__(self) -> str:
        return f"[{self.key}={self.value}]" if self.key else "[]"


Step = str | int | Every


@dataclass(frozen=True)
class Path:
    """The data of a kind of file down some steps; `through` names the file when it is another's.

    `part` is a kind of data file, or a name that whoever reads the path gives a mapping.
    """

    part: str
    steps: tuple[Step, ...] = ()
    through: "Path | None" = None

    @classmethod
    def parse(cls, text: str) -> "Path":
        """Read a path. Raises ValueError where it is none, with what is wrong."""
        before, slash, own = text.rpartition("/")
        steps: list[Step] = []
        for word in _steps_of(own):
            read = _STEP.fullmatch(word)
            if not read or not word:
                raise ValueError(f"« {text} » n’est pas un chemin dans les données")
            steps += [read["key"]] if read["key"] else []
            for mark in _MARK.finditer(read["marks"]):
                every = Every(mark["key"] or "", mark["value"] or "")
                steps.append(int(mark["rank"]) if mark["rank"] else every)
            if _MARK.sub("", read["marks"]):
                raise ValueError(f"« {text} » : « {read['marks']} » ne désigne aucun élément")
        if not steps or not isinstance(steps[0], str):
            raise ValueError(f"« {text} » ne commence pas par un nom de fichier ou de clé")
        return cls(steps[0], tuple(steps[1:]), cls.parse(before) if slash else None)

    @classmethod
    def to(cls, part: str, pointer: Pointer) -> "Path":
        """The path of one datum, whose place in its file is known."""
        return cls(part, pointer)

    def __str__(self) -> str:
        own = f"{self.part}{_written(self.steps)}"
        return f"{self.through}/{own}" if self.through else own

    @property
    def inside(self) -> str:
        """The same, as people who have the file before them name it: `notes[0].date`."""
        return _written(self.steps).removeprefix(".")

    @property
    def told(self) -> str:
        """The same for people who do not count from zero: `date, dans le 1er élément de notes`."""
        words: list[str] = []
        keys: list[str] = []
        for step in self.steps:
            if isinstance(step, str):
                keys.append(step)
                continue
            words.append(f"{_element(step)} de {'.'.join(keys)}" if keys else _element(step))
            keys = []
        last = [".".join(keys)] if keys else []
        return ", dans ".join([*last, *reversed(words)])

    @property
    def general(self) -> "Path":
        """The same whatever the element: what a schema and a rule speak of."""
        steps = tuple(Every() if isinstance(step, int | Every) else step for step in self.steps)
        return replace(self, steps=steps)

    def down(self, *steps: Step) -> "Path":
        """What is further down: a field, an element."""
        return replace(self, steps=(*self.steps, *steps))

    def holds(self, other: "Path") -> bool:
        """Whether what another path names is a part of what this one names, or all of it.

        Ranks do not count: consents and views name fields, those of every element.
        """
        mine, its = self.general.steps, other.general.steps
        return self.part == other.part and mine == its[: len(mine)]

    @property
    def pointer(self) -> Pointer:
        """Its steps as far as they lead to one datum: where a finding about it is told."""
        pointer: Pointer = ()
        for step in self.steps:
            if isinstance(step, Every):
                break
            pointer = (*pointer, step)
        return pointer

    def of(self, data: Any) -> Iterator[tuple[Pointer, Any]]:
        """The data that are there, each with its place."""
        return ((place, value) for place, value, there in _walk(data, self.steps, ()) if there)

    def each(self, data: Any) -> Iterator[tuple[Pointer, Any]]:
        """The same, and None at the place of each one that is absent from an element there is."""
        return ((place, value) for place, value, _ in _walk(data, self.steps, ()))

    def first(self, data: Any) -> Any:
        """The first datum that is there; None where there is none."""
        return next((value for _, value in self.of(data)), None)

    def first_missing(self, data: Any) -> Pointer | None:
        """The place of the first datum that is absent; None when all are there."""
        return next((place for place, _, there in _walk(data, self.steps, ()) if not there), None)

    def of_schema(self, schema: Schema) -> Schema | None:
        """The schema of what a path names; None where its schema knows no such datum."""
        return _below(schema, self.steps)


def _element(step: int | Every) -> str:
    if isinstance(step, int):
        return f"le {step + 1}{'er' if step == 0 else 'e'} élément"
    return f"l’élément « {step.key}: {step.value} »" if step.key else "chaque élément"


def _written(steps: tuple[Step, ...]) -> str:
    """`.notes[0].date`, `[decision=ajourner]`."""
    return "".join(
        f".{step}" if isinstance(step, str) else f"[{step}]" if isinstance(step, int) else str(step)
        for step in steps
    )


def at(data: Any, pointer: Pointer) -> Any:
    """The datum at a pointer; None where there is nothing."""
    for step in pointer:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _walk(
    data: Any, steps: tuple[Step, ...], place: Pointer
) -> Iterator[tuple[Pointer, Any, bool]]:
    """The data down some steps, with their place and whether they are there."""
    if not steps:
        yield place, data, True
        return
    step, rest = steps[0], steps[1:]
    if isinstance(step, Every):
        if step.key and isinstance(data, dict):
            if step.keeps(data):
                yield from _walk(data, rest, place)
            return
        for key, item in _items(data):
            if step.keeps(item):
                yield from _walk(item, rest, (*place, key))
    elif _holds(data, step):
        yield from _walk(data[step], rest, (*place, step))
    else:
        # Where a list is absent, nothing says how many elements lack what follows.
        names = [s for s in steps if not isinstance(s, Every)]
        yield (*place, *(names if len(names) == len(steps) else names[:1])), None, False


def _holds(data: Any, step: str | int) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _items(data: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)


def _below(schema: Schema, steps: tuple[Step, ...]) -> Schema | None:
    """The schema down some steps; None where one of those that a step means has no such field."""
    if not steps:
        return schema
    inner = [_below(field, steps[1:]) for field in _inside(schema, steps[0])]
    return None if None in inner else next(iter(inner), None)


def _inside(schema: Schema, step: Step) -> tuple[Schema, ...]:
    """The schemas one step down: one; several for the values of a mapping; none if unknown."""
    properties, items = schema.get("properties", {}), schema.get("items")
    if isinstance(step, str):
        return (properties[step],) if step in properties else ()
    if isinstance(step, Every) and step.key:
        return tuple(held for held in (items or schema,) if _may_hold(held, step))
    # The entries of a mapping whose keys are free, such as rules by their codes.
    free = (s for s in schema.get("patternProperties", {}).values() if isinstance(s, Mapping))
    return (items,) if items else (*properties.values(), *free)


def _may_hold(schema: Schema, choice: Every) -> bool:
    """Whether a mapping may hold the value that an element is chosen by."""
    field = schema.get("properties", {}).get(choice.key)
    if field is None:
        return False
    values = (True, False) if field.get("type") == "boolean" else field.get("enum")
    return values is None or choice.value in map(_printed, values)


def _printed(value: Any) -> str:
    """A scalar as a path writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
