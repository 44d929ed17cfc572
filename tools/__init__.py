"""What maintainers run: generated pages and reference documents. Not in the wheel."""
