"""What is known of all dossiers at once: flat tables gathered from units read one at a time.

What a table holds and how a figure is counted are data (`schemas/tableaux/`,
`schemas/chiffres.yaml`): the bilan, the copil, the exports and the dictionary of columns read them.
"""
