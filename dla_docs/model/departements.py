"""French départements: their code, their name, and the region they are in.

From the official geographic code (INSEE, since the regions of 2016); overseas ones with the
collectivités that took their place. Names are those of that code.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dla_docs.model.words import folded


@dataclass(frozen=True)
class Departement:
    """A département: `05`, `Hautes-Alpes`, `Provence-Alpes-Côte d’Azur`."""

    code: str
    name: str
    region: str


_REGIONS = {
    "Auvergne-Rhône-Alpes": "01 Ain, 03 Allier, 07 Ardèche, 15 Cantal, 26 Drôme, 38 Isère, "
    "42 Loire, 43 Haute-Loire, 63 Puy-de-Dôme, 69 Rhône, 73 Savoie, 74 Haute-Savoie",
    "Bourgogne-Franche-Comté": "21 Côte-d’Or, 25 Doubs, 39 Jura, 58 Nièvre, 70 Haute-Saône, "
    "71 Saône-et-Loire, 89 Yonne, 90 Territoire de Belfort",
    "Bretagne": "22 Côtes-d’Armor, 29 Finistère, 35 Ille-et-Vilaine, 56 Morbihan",
    "Centre-Val de Loire": "18 Cher, 28 Eure-et-Loir, 36 Indre, 37 Indre-et-Loire, "
    "41 Loir-et-Cher, 45 Loiret",
    "Corse": "2A Corse-du-Sud, 2B Haute-Corse",
    "Grand Est": "08 Ardennes, 10 Aube, 51 Marne, 52 Haute-Marne, 54 Meurthe-et-Moselle, "
    "55 Meuse, 57 Moselle, 67 Bas-Rhin, 68 Haut-Rhin, 88 Vosges",
    "Hauts-de-France": "02 Aisne, 59 Nord, 60 Oise, 62 Pas-de-Calais, 80 Somme",
    "Île-de-France": "75 Paris, 77 Seine-et-Marne, 78 Yvelines, 91 Essonne, 92 Hauts-de-Seine, "
    "93 Seine-Saint-Denis, 94 Val-de-Marne, 95 Val-d’Oise",
    "Normandie": "14 Calvados, 27 Eure, 50 Manche, 61 Orne, 76 Seine-Maritime",
    "Nouvelle-Aquitaine": "16 Charente, 17 Charente-Maritime, 19 Corrèze, 23 Creuse, "
    "24 Dordogne, 33 Gironde, 40 Landes, 47 Lot-et-Garonne, 64 Pyrénées-Atlantiques, "
    "79 Deux-Sèvres, 86 Vienne, 87 Haute-Vienne",
    "Occitanie": "09 Ariège, 11 Aude, 12 Aveyron, 30 Gard, 31 Haute-Garonne, 32 Gers, "
    "34 Hérault, 46 Lot, 48 Lozère, 65 Hautes-Pyrénées, 66 Pyrénées-Orientales, 81 Tarn, "
    "82 Tarn-et-Garonne",
    "Pays de la Loire": "44 Loire-Atlantique, 49 Maine-et-Loire, 53 Mayenne, 72 Sarthe, 85 Vendée",
    "Provence-Alpes-Côte d’Azur": "04 Alpes-de-Haute-Provence, 05 Hautes-Alpes, "
    "06 Alpes-Maritimes, 13 Bouches-du-Rhône, 83 Var, 84 Vaucluse",
    "Guadeloupe": "971 Guadeloupe",
    "Martinique": "972 Martinique",
    "Guyane": "973 Guyane",
    "La Réunion": "974 La Réunion",
    "Mayotte": "976 Mayotte",
}


def _all() -> Iterator[Departement]:
    for region, listed in _REGIONS.items():
        for one in listed.split(", "):
            code, _, name = one.partition(" ")
            yield Departement(code, name, region)


DEPARTEMENTS = {one.code: one for one in _all()}
"""Every département, by its code."""
_BY_NAME = {folded(one.name).replace("-", " "): one for one in DEPARTEMENTS.values()}


def departement_of(code_postal: str) -> Departement | None:
    """The département of a postal code; None where it has none.

    A few towns on a border have the postal code of their neighbours: near enough for a search.
    """
    if code_postal.startswith("20"):
        # Corsica shares 20: up to 20199 for the south.
        return DEPARTEMENTS["2A" if code_postal < "20200" else "2B"]
    size = 3 if code_postal.startswith("97") else 2
    return DEPARTEMENTS.get(code_postal[:size])


def departement_named(word: str) -> Departement | None:
    """The département that a name, a code or a postal code says; None for any other word."""
    plain = folded(word).strip()
    if plain.isdecimal() and len(plain) == 5:
        return departement_of(plain)
    return DEPARTEMENTS.get(plain.upper()) or _BY_NAME.get(plain.replace("-", " "))
