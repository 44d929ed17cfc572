"""Texts drawn at random, with every construct of Markdown: no word typed is lost in any format."""

import random
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from dla_docs.load.corpus import load
from dla_docs.model.schemas import load_kinds, marked
from dla_docs.model.workspace import Workspace
from tests.formats.test_produits_textes import WORDS
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
\t@
~~~
```
```@
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
@  
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
PREFIXES = ["", "", "", "", "  ", "    ", "> ", "- ", "1. ", "| "]
TEXTS = 40
"""As many as the dossier has fields for them, at least."""


def drawn(seed: int, words: Iterator[int]) -> str:
    """A text of a few lines, each of its words told by a number of its own."""
    chance = random.Random(seed)
    lines = []
    for _ in range(chance.randint(1, 8)):
        line = chance.choice(PREFIXES) * (chance.random() < 0.3) + chance.choice(CONSTRUCTS)
        lines.append(re.sub("@", lambda _: f"zq{next(words)}z", line))
        lines += [""] * (chance.random() < 0.4)
    return "\n".join(lines) + "\n"


def spoilt(espace: Path, seed: int) -> None:
    """A text drawn in each rich field of the dossier, in a file of its own."""
    workspace, words, rank = Workspace(espace), count(1000), count()
    corpus = load(workspace, load_kinds(workspace))
    for path, source in corpus.sources.items():
        told = source_text = (espace / path).read_text(encoding="utf-8")
        fields = [
            (pointer, data)
            for pointer, data, field in marked(source.data, corpus.kind_of[path].marks)
            if field.get("contentMediaType") and isinstance(data, str)
        ]
        for pointer, _ in reversed(fields):
            span = source.values[pointer]
            lines = told.split("\n")
            text = drawn(seed * 1000 + next(rank), words)
            (espace / path).parent.joinpath(f"texte-{rank}.md")
            name = f"tire-{'-'.join(map(str, pointer))}.md"
            (espace / path).with_name(name).write_text(f"zqdebut {text}", encoding="utf-8")
            head = lines[span.line - 1][: span.column - 1]
            end = span.end_line - 1 if span.end_column == 1 else span.end_line
            lines[span.line - 1 : end] = [f"{head}{{fichier: {name}}}"]
            told = "\n".join(lines)
        if told != source_text:
            (espace / path).write_text(told, encoding="utf-8")
