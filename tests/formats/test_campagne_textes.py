"""Texts drawn at random, with every construct of Markdown: no word typed is lost in any format."""

import random
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from dla_docs.load.library import load
from dla_docs.model.schemas import load_kinds, marked
from dla_docs.model.workspace import Workspace
from tests.formats.test_produits_textes import WORDS, opened
from tests.sampling import sampled
from tests.scenes import Lancer

CONSTRUCTS = """\
@
@ @
- @
  - @
* @
+ @
• @
– @
1. @
1) @
(a) @
A. @
M.  @
#. @
2025. @
1° @
# @
### @
#@
> @
> > @
> - @
: @
~ @
| @
| @ | @ |
|---|---|
| @ | + @ | @ |
|---|
**@**;@
*@* _@_ ~~@~~
`@`
``@ ` @
    @
	@
~~~
```
---
***
===
[@]: @
[^1]: @ @
@[^1] @
@^[@]
[@]
[@][@]
[@](https://exemple.fr/plan)
[@](@
<@>
</@>
<https://exemple.fr/@>
https://exemple.fr/~@_@_(@)?@=@&@#@
@.@@exemple.fr
C:\\@\\_@
\\\\@\\@
$@$ \\(@\\) \\@
@^@^ H~@~O @~@
{@} [@]{.@} {#@}
::: @
:::
@@ @@
&eacute;@ &@; &#64;@
- [x] @
- [ ] @
@\\
Table: @
"@" '@' «@» @… -- @ --- @
@*@*@ 3*4*5 @_@_@
![@
([@)
%@ #@ $@ ;@ .@ (@) [@) =@ /@ -@ +@
\\begin{@} @ \\end{@}
@/@/@//@ /* @ */
#let @ = "@"
""".splitlines()
DOCUMENTS = ["diagnostic", "cahier-des-charges", "rapport-final"]
"""Those with the most texts."""
WORD = re.compile(r"zq\d+z")
PREFIXES = ["", "", "", "", "  ", "    ", "> ", "- ", "1. ", "| "]


def drawn(seed: int, words: Iterator[int]) -> str:
    """A text of a few lines, each of its words told by a number of its own."""
    chance = random.Random(seed)
    lines = []
    for _ in range(chance.randint(1, 8)):
        line = chance.choice(PREFIXES) * (chance.random() < 0.3) + chance.choice(CONSTRUCTS)
        lines.append(re.sub("@", lambda _: f"zq{next(words)}z", line))
        lines += [""] * (chance.random() < 0.4)
    return "\n".join(lines) + "\n"


def spoil(espace: Path, seed: int) -> None:
    """Put a text drawn in each rich field of the workspace, in a file of its own."""
    workspace, words = Workspace(espace), count(1000)
    corpus = load(workspace, load_kinds(workspace))
    for path, source in corpus.sources.items():
        lines = (espace / path).read_text(encoding="utf-8").split("\n")
        fields = marked(source.data, corpus.kind_of[path].marks)
        texts = [p for p, data, f in fields if "contentMediaType" in f and isinstance(data, str)]
        for pointer in reversed(texts):
            span, first = source.values[pointer], next(words)
            name = f"tire-{first}.md"
            drawing = f"zq{first}z {drawn(seed * 10_000 + first, words)}"
            (espace / path).with_name(name).write_text(drawing, encoding="utf-8")
            end = span.end_line - 1 if span.end_column == 1 else span.end_line
            head = lines[span.line - 1][: span.column - 1]
            lines[span.line - 1 : end] = [f"{head}{{fichier: {name}}}"]
        (espace / path).write_text("\n".join(lines), encoding="utf-8")


def words_in(path: Path) -> set[str]:
    """The words drawn that a file shows, in its notes too."""
    told = WORDS[path.suffix[1:]](path)
    if path.suffix == ".docx":
        told += "".join(opened(path, "word/footnotes.xml").itertext())
    # A column cuts a word between two lines.
    return set(WORD.findall("".join(told.split())))


@pytest.mark.campagne
@pytest.mark.parametrize("seed", sampled(range(12)))
def test_no_word_of_a_text_is_lost(seed: int, espace: Path, lancer: Lancer) -> None:
    spoil(espace, seed)
    assert lancer("check", espace=espace).exit_code == 0
    types = [word for name in DOCUMENTS for word in ("-d", name)]
    done = lancer("render", "2025-003", *types, "-o", espace / "sortie", espace=espace)
    assert (done.exit_code, done.stderr) == (0, "")
    texts = [set(WORD.findall(p.read_text("utf-8"))) for p in espace.rglob("tire-*.md")]
    documents: dict[Path, dict[str, set[str]]] = {}
    for path in (espace / "sortie").rglob("*.*"):
        if path.suffix[1:] in WORDS:
            documents.setdefault(path.with_suffix(""), {})[path.suffix] = words_in(path)
    lost = {}
    for document, said in documents.items():
        every = set.union(*said.values())
        due = set.union(set(), *(words for words in texts if words & every))
        lost |= {f"{document.name}{s}": due - words for s, words in said.items() if due - words}
    assert len(documents) == len(DOCUMENTS)
    assert lost == {}
