"""What the measures were made on: the machine, and the versions of everything."""

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.commands import said
from dla_docs.engines.typst import TYPST_VERSION
from dla_docs.model.resources import installed_package

PEERS = ("check-jsonschema", "docxtpl", "python-docx", "weasyprint")


def installed(name: str) -> str:
    """The version of a package, or nothing."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def machine() -> str:
    """The machine, on one line, in French."""
    allowed = getattr(os, "sched_getaffinity", None)
    cores = len(allowed(0)) if allowed else os.cpu_count() or 1
    load = f", charge {os.getloadavg()[0]:.1f} au départ".replace(".", ",")
    return (
        f"{cores} cœur{'s' if cores > 1 else ''}, {_processor()}, "
        f"{platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}{load}"
    )


def versions() -> dict[str, str]:
    """The versions of everything that was compared; « absent » for what is not installed."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    pandoc = str(installed_package("pypandoc") / "files" / "pandoc")
    return {
        "dla": f"{version('dla-docs')} ({said('git', 'rev-parse', '--short', 'HEAD')})",
        "pandoc": said(pandoc, "--version").removeprefix("pandoc "),
        "Typst": TYPST_VERSION,
        "jsonschema-rs": version("jsonschema-rs"),
        **{name: installed(name) or "absent" for name in PEERS},
        "LibreOffice": said(office, "--version").split()[1] if office else "absent",
        "git": said("git", "--version").removeprefix("git version "),
    }


def _processor() -> str:
    """The model of the processor, as the system names it."""
    info = Path("/proc/cpuinfo")
    if sys.platform == "linux" and info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
