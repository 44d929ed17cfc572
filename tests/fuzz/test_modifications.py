"""Changes to the files of the demonstration: what is asked is written, every other line stays."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from dla_docs.edit.changes import Append, Change, Edit, Remove, Rename, applied, as_set, same
from dla_docs.edit.edit import changed
from dla_docs.load.source import Source
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import EditError
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import texts
from tests.scenes import ROOT, demonstration

words = texts | st.sampled_from(
    ["2026-03-12", "no", "01000", "a: b", "# x", "- x", "", "{", "é\nè\n"]
)
scalars = words | st.booleans() | st.integers() | st.decimals(-9999, 9999, places=2)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["nom", "date", "R-X-01", "a b"]), inner, max_size=3)
    ),
    max_leaves=5,
)
WRITINGS = (
    lambda text: text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.rstrip("\n"),
)
"""The same file as Windows writes it, and without its last line end."""


@cache
def files() -> dict[str, tuple[str, Schema]]:
    corpus = demonstration().corpus
    return {
        path: ((ROOT / path).read_text(encoding="utf-8"), corpus.kind_of[path].schema)
        for path in sorted(corpus.sources)
    }


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, int, list[str]]:
    """A file, how it is written, and seeds: an edit is made of each, of the data as they are."""
    path = draw(st.sampled_from(sorted(files())))
    rank = draw(st.integers(0, len(WRITINGS) - 1))
    kinds = st.sampled_from(["change", "append", "remove", "rename", "key"])
    return path, rank, draw(st.lists(st.tuples(kinds, st.integers(0), values), max_size=3))


def edit_of(source: Source, seed: tuple[str, int, Any], schema: Schema) -> Edit:
    """An edit of a file, at one of its places."""
    kind, number, value = seed
    places = sorted(source.values, key=str)
    steps = places[number % len(places)]
    if kind == "append":
        lists = [p for p in places if isinstance(_at(source, p), list)] or [("liste",)]
        return Append(lists[number % len(lists)], value)
    if kind == "key":
        held = [p for p in places if isinstance(_at(source, p), dict)]
        return Change((*held[number % len(held)], "cle_neuve"), value)
    if kind == "rename":
        keys = sorted(source.keys, key=str)
        return Rename(keys[number % len(keys)], "cle_neuve")
    return Remove(steps or places[-1]) if kind == "remove" else Change(steps, value)


def _at(source: Source, pointer: Pointer) -> Any:
    data = source.data
    for step in pointer:
        data = data[step]
    return data


def concerned(source: Source, edit: Edit) -> range:
    """The lines, from 0, that an edit may touch: those of what it names, or of what holds it."""
    if isinstance(edit, Append):
        edit = as_set(edit, source.data) or edit
    holders = [edit.steps[:size] for size in range(len(edit.steps) + isinstance(edit, Append))]
    within = next((p for p in holders if in_brackets(source, p)), edit.steps)
    if isinstance(edit, Remove) and within == edit.steps and within[:-1]:
        # What held it alone says that it is empty; the next key may take the place on the dash.
        beside = [p for p in source.values if p[:-1] == within[:-1] and len(p) == len(within)]
        alone = len(beside) == 1 or source.values[within[:-1]].line == source.key_place(within).line
        within = within[:-1] if alone else within
    added = isinstance(edit, Append) and within == edit.steps and not in_brackets(source, within)
    return range(0) if added or within not in source.values else lines_of(source, within)


def lines_of(source: Source, pointer: Pointer) -> range:
    """From the line of a key to that where the last value below it ends."""
    inside = [p for p in source.values if p[: len(pointer)] == pointer]
    leaves = [source.values[p] for p in inside if not isinstance(_at(source, p), dict | list)]
    empty = [source.values[p] for p in inside if _at(source, p) in ({}, [])]
    last = max(s.end_line - (s.end_column == 1 and s.end_line > s.line) for s in leaves + empty)
    return range(source.key_place(pointer).line - 1, last)


def in_brackets(source: Source, pointer: Pointer) -> bool:
    """Whether a list or a mapping is between brackets or braces."""
    if (span := source.values.get(pointer)) is None or span.line > len(source.lines):
        return False
    return source.lines[span.line - 1][span.column - 1 : span.column] in ("[", "{")


def kept(lines: list[str], among: list[str]) -> bool:
    """Whether lines are there, in their order."""
    rest = iter(among)
    return all(line in rest for line in lines)


def read(text: str) -> Source:
    return parse("x.yaml", text.encode())


@fuzzed(edits(), 60, seconds=4)
def test_modifications(case: tuple[str, int, list[Any]]) -> None:
    path, rank, seeds = case
    text, schema = WRITINGS[rank](files()[path][0]), files()[path][1]
    for seed in seeds:
        before = read(text)
        edit = edit_of(before, seed, schema)
        try:
            after = changed(text, [edit], schema)
        except EditError as error:
            assert error.message
            continue
        spared = [n for n in range(len(before.lines)) if n not in concerned(before, edit)]
        assert kept([before.lines[n] for n in spared], list(read(after).lines))
        assert same(read(after).data or None, applied(before.data, edit) or None)
        assert ("\r\n" in after) == (after.count("\n") == after.count("\r\n") > 0)
        text = after
