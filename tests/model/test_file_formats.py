"""One list of formats: whoever names them all names these."""

import json

import click

from dla_docs.cli.render import render
from dla_docs.formats import WRITERS
from dla_docs.model.file_formats import ARCHIVES, FILE_FORMATS
from dla_docs.model.resources import package_data
from tests.layout import LAYOUT


def test_every_format_has_its_writer() -> None:
    assert list(WRITERS) == list(FILE_FORMATS)


def test_a_manifest_may_name_each_of_them() -> None:
    path = package_data("schemas") / "document.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["properties"]["formats"]["items"]["enum"] == list(FILE_FORMATS)


def test_the_command_line_offers_them_all() -> None:
    (option,) = [p for p in render.params if p.name == "formats"]
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(FILE_FORMATS)


def test_an_archive_is_written_over_a_reference_document() -> None:
    references = {path.name for path in (LAYOUT / "reference").iterdir()}
    assert references == set(ARCHIVES)


def test_names_and_titles_are_distinct() -> None:
    titles = [format.title for format in FILE_FORMATS.values()]
    assert len(set(titles)) == len(titles)
