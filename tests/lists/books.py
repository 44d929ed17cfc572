"""Workbooks as people make them, and lists read from them."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from dla_docs.lists.declared import ListType, load_list
from dla_docs.lists.known import read_files
from dla_docs.lists.opened import opened
from dla_docs.lists.planned import Plan, planned
from dla_docs.lists.rows import Record, records
from dla_docs.lists.titles import Head, head_of
from dla_docs.load.listing import list_workspace
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT

Rows = Sequence[Sequence[Any]]


def workbook(rows: Rows, title: str = "Liste") -> bytes:
    """An XLSX of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@cache
def declared(name: str, root: Path = ROOT) -> ListType:
    workspace = Workspace(root)
    return load_list(workspace, load_kinds(workspace), name)


def head(name: str, *lines: str, folder: Path) -> Head:
    """The titles of a list in a CSV."""
    path = folder / "liste.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return head_of(opened(path), declared(name))


def read(name: str, *lines: str, folder: Path) -> list[Record]:
    """The rows of a list in a CSV."""
    return list(records(head(name, *lines, folder=folder), declared(name)))


def plan(name: str, *lines: str, folder: Path, root: Path = ROOT) -> Plan:
    """A list in a CSV beside what a workspace knows."""
    workspace = Workspace(root)
    listing = list_workspace(workspace, load_kinds(workspace))
    files = read_files(workspace, listing, declared(name, root))
    return planned(read(name, *lines, folder=folder), declared(name, root), files)


def told(record: Record) -> list[str]:
    """What is said of the cells of a row."""
    return [f"{r.place} {'!' if r.fault else '?'} {r.told}" for r in record.remarks]
