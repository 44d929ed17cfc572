"""Where a rule comes from, in words that people read: each mark of a source by what it is.

A record quotes `[seed 002] « … »`: short, and exact for a tool. Reports, explanations and reference
pages name the source; `check --format json` and `list --json` keep the mark.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from dla_docs.disk.reading import read_ours
from dla_docs.load.yaml_reader import parse

INFERRED = "[inferred]"
_BETWEEN = re.compile(r" ; |, (?=\[)")
"""What parts the sources of a record: a semicolon, a comma before another mark."""
_MARK = re.compile(r"\[(?:seed \d+|P\d+|inferred)\]|^annexe [AB]\b")
_ASIDE = re.compile(r" \(annexe [AB]\)")


@lru_cache(maxsize=1)
def names() -> Mapping[str, str]:
    """What each mark stands for, read once."""
    path = Path(__file__).with_name("sources.yaml")
    data: dict[str, str] = parse(path.name, read_ours(path)).data
    return data


def in_words(source: str) -> str:
    """A source without marks: `[seed 002] « a »` as `Guide des prestataires… : « a »`.

    What carries no mark, as the source of a rule of the territory, stays as it is.
    """
    if not _MARK.search(source):
        return source
    told = " ; ".join(map(_part, _BETWEEN.split(_ASIDE.sub("", source))))
    return told[:1].upper() + told[1:]


def _part(text: str) -> str:
    """One of the sources of a record: what says it, then what it says, or the other way round."""
    mark = _MARK.search(text)
    if mark is None:
        return text
    name = names().get(mark[0], "page publique")
    before, after = text[: mark.start()].strip(), text[mark.end() :].strip()
    if before:
        said = f"{before} ({name})" if mark[0] == INFERRED else f"{before} : {name}"
        return " ".join(filter(None, (said, after)))
    if not after:
        return name
    if after.startswith("d’après "):
        return f"{name}, d’après {_part(after.removeprefix('d’après '))}"
    return f"{name} {_part(after)}" if after.startswith("(") else f"{name} : {_part(after)}"
