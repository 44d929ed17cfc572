"""What every target shares: its examples, those of the corpus, how long each may take.

`make test` draws the same examples each time; `make fuzz` others without end, and writes in
`corpus/` the smallest of each failure, which `make test` plays from then on.
"""

import ast
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis.strategies import SearchStrategy

CORPUS = Path(__file__).with_name("corpus")
LONG = os.environ.get("DLA_FUZZ") == "1"
"""Whether examples are drawn anew, by `make fuzz`."""
MORE = 3
"""How many times as many examples `make fuzz` draws in one passage: a minute or two of one core."""

Test = Callable[..., None]


def fuzzed(strategy: SearchStrategy[Any], examples: int, seconds: float = 1.0) -> Any:
    """A test of what `strategy` draws, given as `case`, each in less than `seconds` of processor.

    Its own name, without `test_`, is that of its folder in the corpus. A case is a literal of
    Python (bytes, text, list…): it is written as such.
    """

    def decorated(target: Test) -> Test:
        name = target.__name__.removeprefix("test_")

        @wraps(target)
        def played(case: Any, **fixtures: Any) -> None:
            start = time.process_time()
            try:
                target(case=case, **fixtures)
                spent = time.process_time() - start
                assert spent < seconds, f"{spent:.1f} seconds of processor"
            except Exception as error:
                if LONG:
                    keep(name, case, error)
                raise

        test: Any = given(case=strategy)(played)
        for kept in corpus(name):
            test = example(case=kept)(test)
        return drawn(examples)(test)

    return decorated


def drawn(examples: int) -> settings:
    # A busy machine is no failure: time is that of the processor, counted above.
    asked: dict[str, Any] = {"deadline": None, "database": None, "print_blob": False}
    asked["suppress_health_check"] = list(HealthCheck)
    if LONG:
        # What the corpus holds and is not mended yet must not hide the rest.
        phases = (Phase.generate, Phase.shrink)
        return settings(max_examples=MORE * examples, phases=phases, **asked)
    # To shrink is for who looks: here a failure is told as it is, at once.
    phases = (Phase.explicit, Phase.generate)
    return settings(max_examples=examples, derandomize=True, phases=phases, **asked)


def corpus(name: str) -> Iterator[Any]:
    """The cases kept of a target."""
    for path in sorted((CORPUS / name).glob("*.txt")):
        yield ast.literal_eval(path.read_text(encoding="utf-8"))


def keep(name: str, case: Any, error: Exception) -> None:
    """Write a failure; one of the same place replaces it, hence in the end the smallest does."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "dla_docs" in Path(f.filename).parts] or frames
    place = f"{type(error).__name__} {Path(ours[-1].filename).name} {ours[-1].name}"
    digest = sha256(place.encode()).hexdigest()[:8]
    path = CORPUS / name / f"{type(error).__name__}-{digest}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ascii(case) + "\n", encoding="utf-8")
    sys.stderr.write(f"{path} : {place}\n")
