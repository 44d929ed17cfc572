"""Where what is told of a text is told."""

import time

from dla_docs.load.texts import markup_faults
from dla_docs.load.yaml_reader import parse
from dla_docs.model.schemas import leaves


def lines_of(written: str) -> list[int]:
    """The lines where tags are told in a YAML file."""
    source = parse("accueil.yaml", written.encode())
    texts = [(at, data) for at, data, _ in leaves(source.data, {}) if isinstance(data, str)]
    return [found.line for at, data in texts for found in markup_faults(source, at, data)]


def test_a_tag_is_told_at_its_line_in_its_own_text() -> None:
    assert lines_of("a: |\n  Un.\n\n  <b>x\nb: >\n  Deux.\n\n  <b>y\n") == [4, 8]
    assert lines_of('a: "<\\x62>x"\nb: |\n  <b>x\n') == [1, 3]


def test_a_thousand_texts_are_each_looked_through_alone() -> None:
    start = time.process_time()
    assert len(lines_of("x:\n" + '- "<\\x62>x"\n' * 1_000)) == 1_000
    assert time.process_time() - start < 3
