"""Pictures drawn by us, as SVG: what is drawn, its words for who does not see it, its bytes.

A drawing is made of facts read once (`facts.py`) in the colours of a family (`ink.py`); `forms.py`
names every form. Nothing here knows a tree, a template or a format.
"""
