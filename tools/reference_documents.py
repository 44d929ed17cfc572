"""Rewrite reference.docx, .odt and .pptx of `templates/_mise-en-page/` from parts and charter.

`python -m tools.reference_documents` (`make reference`); a test compares them with a fresh build.
"""

from dla_docs.charter.reference_documents import build_reference
from dla_docs.load.yaml_reader import parse
from dla_docs.model.file_formats import ARCHIVES
from dla_docs.model.resources import package_data

LAYOUT = package_data("templates") / "_mise-en-page"


def main() -> None:
    """Rewrite the reference documents of the layout folder."""
    charter = parse("charte.yaml", (LAYOUT / "charte.yaml").read_bytes()).data
    for format in ARCHIVES:
        target = LAYOUT / f"reference.{format}"
        target.write_bytes(build_reference(format, charter, LAYOUT / "reference"))


if __name__ == "__main__":
    main()
