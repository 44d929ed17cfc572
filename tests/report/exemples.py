"""Passages right and wrong for `dla explain`, drawn from the cases of each rule's record.

`pytest tests/report/test_explain.py --maj` rewrites them. Only the keys that a case changes
are shown, as they are in the demonstration workspace before and after.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from dla_docs.load.yaml_reader import parse
from tests.check.cases import RECORDS, merged, place
from tests.scenes import ROOT

ABSENT = object()
WIDE, LONG, FEW = 72, 14, 8
"""Characters of a text, lines of a list, items of a list, that are shown whole."""


@cache
def examples() -> dict[str, dict[str, list[str]]]:
    """By code, the passages that keep the rule and those that break it."""
    return {code: example(record) for code, record in RECORDS.items() if "fautif" in record}


def example(record: Mapping[str, Any]) -> dict[str, list[str]]:
    valide, fautif = record.get("valide", {}), record["fautif"]
    return {"juste": list(passages(valide, fautif, {})), "faux": list(passages(valide, fautif))}


def passages(valide: Any, fautif: Any, played: Any = None) -> Iterator[str]:
    """What both cases touch, once `valide` is played, and `fautif` too unless `played` is empty."""
    last = fautif if played is None else played
    for path in dict.fromkeys([*valide.get("fichiers", {}), *fautif.get("fichiers", {})]):
        asked = [case.get("fichiers", {}).get(path, {}) for case in (valide, last)]
        data = merged(merged(original(path), asked[0]), asked[1])
        shape = joined(valide.get("fichiers", {}).get(path), fautif.get("fichiers", {}).get(path))
        yield "\n".join([f"# {path}", *lines(picked(data, shape))]) + "\n"
    for path in dict.fromkeys([*valide.get("textes", {}), *fautif.get("textes", {})]):
        texts = {**valide.get("textes", {}), **last.get("textes", {})}
        yield shown_text(path, texts.get(path, written(path)))
    for path in fautif.get("retires", ()):
        yield f"# {path} : {'présent' if played == {} else 'absent'}\n"
    for name, line in fautif.get("lignes", {}).items():
        kept = valide.get("lignes", {}).get(name, "") if played == {} else line
        yield shown_text(f"templates/{name}/document.md.j2", f"…\n{kept}\n…".replace("\n\n", "\n"))


def original(path: str) -> Any:
    text = written(path)
    return parse(path, text.encode()).data if text is not None else {}


def written(path: str) -> str | None:
    file = place(ROOT, path)
    return file.read_text(encoding="utf-8") if file.exists() else None


def shown_text(path: str, text: str | None) -> str:
    if text is None:
        return f"# {path} : absent\n"
    if not text.strip():
        return f"# {path} : vide\n"
    kept = text.splitlines()
    return "\n".join([f"# {path}", *kept[:LONG], *(["…"] if len(kept) > LONG else [])]) + "\n"


def joined(one: Any, other: Any) -> Any:
    """The keys that either change touches."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return other if one is None or isinstance(other, dict) else one
    return {key: joined(one.get(key), other.get(key)) for key in {**one, **other}}


def picked(data: Any, shape: Any) -> Any:
    """The part of the data that a change touches; a short list is shown whole."""
    if isinstance(data, list) and isinstance(shape, dict):
        return picked_items(data, {int(rank): inner for rank, inner in shape.items()})
    if isinstance(data, dict) and isinstance(shape, dict):
        return {key: picked(data.get(key, ABSENT), inner) for key, inner in shape.items()}
    return data


def picked_items(items: list[Any], ranks: dict[int, Any]) -> list[Any]:
    """The items of a list: whole when they are short, else what names them and what changes."""
    if len(lines(items)) <= LONG:
        return [holed(item, ranks.get(rank)) for rank, item in enumerate(items)]
    shape = {k: v for inner in ranks.values() if isinstance(inner, dict) for k, v in inner.items()}
    shown = []
    for rank, item in enumerate(items):
        if rank in ranks:
            shown.append(named(item, picked(item, ranks[rank])))
        elif len(items) <= FEW and isinstance(item, dict):
            known = {key: inner for key, inner in shape.items() if key in item}
            shown.append(named(item, picked(item, known)))
    return shown if len(shown) == len(items) else [*shown, "…"]


def named(item: Any, part: Any) -> Any:
    """A part of an item under its first key, which names it."""
    first = next(iter(item), None) if isinstance(item, dict) else None
    if first is None or not isinstance(part, dict) or isinstance(item[first], dict | list):
        return part
    return {first: item[first], **part}


def holed(item: Any, shape: Any) -> Any:
    """An item whole, with the keys that a change takes away."""
    if isinstance(item, dict) and isinstance(shape, dict):
        return {**item, **{key: ABSENT for key in shape if key not in item}}
    return item


def lines(data: Any) -> list[str]:
    """Data as the lines of a YAML file."""
    if isinstance(data, dict):
        return [line for key, item in data.items() for line in entry(key, item)]
    return [line for item in data for line in element(item)]


def entry(key: str, item: Any) -> list[str]:
    if item is ABSENT:
        return [f"# {key} : absent"]
    if isinstance(item, dict | list) and item:
        return [f"{key}:", *(f"  {line}" for line in lines(item))]
    return [f"{key}: {scalar(item)}"]


def element(item: Any) -> list[str]:
    if isinstance(item, dict | list) and item:
        first, *rest = lines(item)
        return [f"- {first}", *(f"  {line}" for line in rest)]
    return [f"- {scalar(item)}"]


def scalar(item: Any) -> str:
    if isinstance(item, dict | list):
        return "{}" if isinstance(item, dict) else "[]"
    if isinstance(item, bool | None):
        return {True: "true", False: "false", None: "null"}[item]
    if isinstance(item, int | float | Decimal):
        return str(item)
    text = " ".join(str(item).split())
    text = text if len(text) <= WIDE else f"{text[: WIDE - 1].rstrip()}…"
    plain = parse("x.yaml", f"x: {text}\n".encode()).data == {"x": text}
    date = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    return text if plain and (date or not re.match(r"[\d+]", text)) else quoted(text)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def write(path: Path) -> None:
    text = json.dumps(examples(), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
