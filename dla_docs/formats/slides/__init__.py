"""PPTX: what fits on a slide, and how it is written."""
