"""Lines and columns as editors count them, whatever else a text takes for the end of a line."""

import re

# libyaml ends a line at these, as no editor does: read so, they would shift every line below.
SEPARATORS = re.compile("[\u2028\u2029\x85]")
# What git leaves at the head of a line where two versions of a file could not be merged; set in
# too, once an editor has laid a text out again. A set-in « ======= » may underline a title.
CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7})(?: |\r?$)|^\|{7}(?: |\r?$)|^={7}\r?$", re.M)
_LINE_END = re.compile(r"\r\n|\r|\n")


def physical_lines(text: str) -> tuple[str, ...]:
    """The lines of a text as editors count them: no other sign than these ends one."""
    lines = _LINE_END.split(text)
    return tuple(lines if lines[-1] else lines[:-1])


def position(text: str, index: int) -> tuple[int, int]:
    """The line and the column of a character, both from 1, as editors count them."""
    before = _LINE_END.split(text[:index])
    return len(before), len(before[-1]) + 1
