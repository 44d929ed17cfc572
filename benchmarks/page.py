"""The measures as a page in Markdown, in French; and where they go in the page of explanations."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.measure import Cost, middle
from benchmarks.results import Line, Part

BEGIN, END = "<!-- mesures : début -->", "<!-- mesures : fin -->"
_HEADER = (
    "| Face à | dla, calcul | eux, calcul | rapport | dla, durée | eux, durée | rapport | paires |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)
_ALONE = ("| Seul | calcul | durée | tours |", "| --- | ---: | ---: | ---: |")


def head(day: date, machine: str, versions: dict[str, str]) -> str:
    """When, where, with what."""
    told = ", ".join(f"{name} {number}" for name, number in versions.items())
    return f"Mesuré le {_day(day)} : {machine}.\n\nVersions : {told}.\n"


def section(part: Part) -> str:
    """A part: what it is measured on, what was compared, what was measured alone, what was not."""
    paired = [_paired(line) for line in part.lines if line.pairs]
    alone = [_alone(line) for line in part.lines if line.alone]
    absent = [f"- {line.what} : non mesuré, {line.absent}." for line in part.lines if line.absent]
    blocks = [f"### {part.title}", part.on]
    blocks += ["\n".join([*_HEADER, *paired])] if paired else []
    blocks += ["\n".join([*_ALONE, *alone])] if alone else []
    blocks += ["\n".join(absent)] if absent else []
    return "\n\n".join(blocks) + "\n"


def put(page: Path, measures: Iterable[str]) -> None:
    """Put measures between the two markers of a page, in place of the former ones."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    told = "\n".join(measures)
    page.write_text(f"{before}{BEGIN}\n\n{told}\n{END}{after}", encoding="utf-8", newline="\n")


def _paired(line: Line) -> str:
    ours, theirs = (
        middle(tuple(getattr(pair, side) for pair in line.pairs)) for side in ("ours", "theirs")
    )
    cells = [line.what]
    for kind in ("cpu", "wall"):
        ratios = [getattr(p.theirs, kind) / getattr(p.ours, kind) for p in line.pairs]
        cells += [_seconds(getattr(ours, kind)), _seconds(getattr(theirs, kind)), _ratio(ratios)]
    return f"| {' | '.join([*cells, str(len(line.pairs))])} |"


def _alone(line: Line) -> str:
    cost: Cost = middle(line.alone)
    cells = (line.what, _seconds(cost.cpu), _seconds(cost.wall), str(len(line.alone)))
    return f"| {' | '.join(cells)} |"


def _ratio(ratios: list[float]) -> str:
    """How many times longer theirs take: the median of the pairs, and how far apart they are."""
    least, most = (_number(value) for value in (min(ratios), max(ratios)))
    return f"**{_number(median(ratios))}** ({least} à {most})"


def _number(value: float) -> str:
    """Two figures that say something: 0,022, 0,46, 1,8, 24."""
    digits = 3 if value < 0.1 else 2 if value < 1 else 1 if value < 20 else 0
    return f"{value:.{digits}f}".replace(".", ",")


def _seconds(value: float) -> str:
    if value >= 1:
        return f"{value:.1f} s".replace(".", ",")
    digits = 1 if value < 0.01 else 0
    return f"{1000 * value:.{digits}f} ms".replace(".", ",")


def _day(day: date) -> str:
    months = (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ).split()
    return f"{'1er' if day.day == 1 else day.day} {months[day.month - 1]} {day.year}"
