"""What examples are made of: odd texts, files of right form spoilt by a few changes, YAML."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

SIGNS = (
    "\x00 \x07 \x1b[31m \n \r \r\n \t \x7f \x85 \xa0 \xad \u200b \u200e \u202e \u2066 \u2028 \u2029"
    " \ufeff \ufffe \ud800 \udfff \U000e0041 é e\u0301 œ 你 😀 ’ « ' \" \\ / . .. : :: # ##[ ![ ["
    " ]( ) ] { } {{ }} {% %} * ** _ ` ``` ~ | |- > < <b> <!-- & * ! @ % $ - --- + = , ; ? 0 1"
    " -1 1.5 2025-003 2026-02-30 null true ~ << http:// file:///etc/passwd ../ con nul C: x-"
).split(" ")
"""What programs take for something else than letters."""

words: SearchStrategy[str] = st.sampled_from("a dossier titre comité Été".split())
signs: SearchStrategy[str] = st.sampled_from(SIGNS)
letters: SearchStrategy[str] = st.text(max_size=6)
texts: SearchStrategy[str] = st.lists(words | signs | letters, max_size=12).map("".join)
"""Short texts of words, of signs and of any letters, lone surrogates with them."""
repeated: SearchStrategy[str] = st.builds(
    lambda piece, times: piece * times, signs | texts, st.integers(1, 3_000)
)
"""One piece many times over: what takes time in the square of its length shows."""

NUMBERS = (0, 1, 2, 7, 8, 255, 256, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF)
numbers: SearchStrategy[int] = st.sampled_from(NUMBERS) | st.integers(0, 0xFFFFFFFF)


@st.composite
def spoilt(draw: DrawFn, whole: SearchStrategy[bytes]) -> bytes:
    """A right file once one to four of its parts are changed, lost, doubled or added."""
    content = draw(whole)
    for _ in range(draw(st.integers(1, 4))):
        content = _changed(draw, content)
    return content


def _changed(draw: DrawFn, content: bytes) -> bytes:
    start = draw(st.integers(0, max(len(content) - 1, 0)))
    size = draw(st.sampled_from((1, 2, 4)) | st.integers(1, 200))
    end = start + size
    match draw(st.sampled_from(("bytes", "number", "lost", "doubled", "cut"))):
        case "bytes":
            return content[:start] + draw(st.binary(max_size=8)) + content[end:]
        case "number":
            width, order = draw(st.sampled_from((2, 4))), draw(st.sampled_from(("big", "little")))
            number = draw(numbers) % 256**width
            return content[:start] + number.to_bytes(width, order) + content[start + width :]
        case "lost":
            return content[:start] + content[end:]
        case "doubled":
            return content[:end] + content[start:end] * draw(st.integers(1, 50)) + content[end:]
        case _:
            return content[:start]


SCALARS = (
    "a ~ null True yes NO off 01000 0o17 0x1F 1_000 12:30:00 1e999 -0 1.50 .inf .nan -.5 1. "
    '2026-02-30 2026-01-02T03:04:05Z \'\' "" \'\'\'\' "\\x00" "\\uD800" "\\u2028" "\\/" | > |9 '
    "- ? : , [ ] { } & * ! % @ ` # !!int !!binary !!python/object:os.system !<x> =  << *a *b &a"
).split(" ")
scalars: SearchStrategy[str] = (
    st.sampled_from(SCALARS)
    | texts
    | st.integers().map(str)
    | texts.map(lambda text: '"' + text.replace('"', '\\"') + '"')
    | texts.map(lambda text: "'" + text.replace("'", "''") + "'")
)
marks: SearchStrategy[str] = st.sampled_from(
    ("&a ", "&b ", "!!str ", "!!set ", "! ", "!x ", "&a !!map ", "? ", "- ", "")
)


def _grown(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    pairs = st.lists(st.tuples(scalars | inner, inner), max_size=4)
    return st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        pairs.map(lambda found: "{" + ", ".join(f"{k}: {v}" for k, v in found) + "}"),
        pairs.map(lambda found: "\n" + "\n".join(f"  {k}: {_inside(v)}" for k, v in found)),
        st.lists(inner, max_size=4).map(
            lambda items: "".join(f"\n  - {_inside(i)}" for i in items)
        ),
        st.tuples(marks, inner).map("".join),
        inner.map(lambda text: "|\n" + _inside(text)),
    )


def _inside(text: str) -> str:
    return text.replace("\n", "\n  ")


yamls: SearchStrategy[str] = st.recursive(scalars, _grown, max_leaves=12)
"""What looks like YAML: anchors, aliases, tags, doubles, odd keys and values, in both styles."""
deep: SearchStrategy[str] = st.builds(
    lambda piece, times, end: piece * times + end,
    st.sampled_from(("[", "{a: ", "- ", "? ", "[*a, ", "&a [", "{? ", "!x ", "a: [")),
    st.integers(1, 3_000),
    scalars,
)
keys: SearchStrategy[str] = words | texts
json_leaves: SearchStrategy[Any] = st.sampled_from(
    (None, True, False, 0, -1, 10**30, 1.5, "", "a", ".*", "../x", "dossier", [], {}, [[]], {"": 0})
)
json_values: SearchStrategy[Any] = st.recursive(
    json_leaves | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=5,
)
"""Any value a JSON file may hold, of the wrong type more often than not."""
