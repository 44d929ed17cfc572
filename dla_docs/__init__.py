"""`dla`: the documents of the French *Dispositif local d'accompagnement*, from plain YAML files.

Read `flow.py` first: one function there shows the whole way from YAML to documents.
"""

__version__ = "0.1.0"
