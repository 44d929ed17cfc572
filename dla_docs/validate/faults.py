"""The faults of form, `S-…`: what each means, what to do, an example right and one wrong.

One declaration for `dla explain`, the reference pages and SARIF; rules have records of their own.
"""

from dataclasses import dataclass

from dla_docs.model.findings import Severity


@dataclass(frozen=True)
class Form:
    """A code of form. `juste` and `faux` are passages of `fichier`, a kind of data file."""

    code: str
    titre: str
    conseil: str
    fichier: str
    juste: str
    faux: str
    gravite: Severity = Severity.ERREUR

    @property
    def blocks(self) -> bool:
        """Whether it forbids the documents made from that file."""
        return self.gravite is Severity.ERREUR


FORMS = {
    form.code: form
    for form in (
        Form(
            "S-YAML",
            "Le fichier n’est pas du YAML lisible",
            "Vérifiez le retrait, les guillemets, l’absence de tabulation ; une valeur qui "
            "contient « : » se met entre guillemets.",
            "structure",
            'denomination: "Les Calades : chantiers"\n',
            "denomination: Les Calades : chantiers\n",
        ),
        Form(
            "S-CLE",
            "Une clé n’existe pas ici",
            "Corrigez-la d’après celle que propose le conseil, ou nommez-la « x-… » si elle est à "
            "vous : ces clés-là ne sont ni contrôlées ni imprimées.",
            "structure",
            "instance_dirigeante: ca\n",
            "instance_dirigente: ca\n",
        ),
        Form(
            "S-REQUIS",
            "Une donnée obligatoire manque",
            "Ajoutez la clé. La position est celle de la clé qui devrait la contenir, ou le début "
            "du fichier.",
            "structure",
            'ape:\n  code: "81.30Z"\n  nomenclature: naf_rev2\n',
            "ape:\n  nomenclature: naf_rev2\n",
        ),
        Form(
            "S-TYPE",
            "Ce n’est pas le bon genre de valeur",
            "Un nombre s’écrit sans espace ni unité (3600), un identifiant entre guillemets "
            '("04200"), une liste avec un « - » par élément.',
            "cahier-des-charges",
            "budget_max_ttc: 3600\n",
            "budget_max_ttc: 3 600 €\n",
        ),
        Form(
            "S-VALEUR",
            "La valeur n’est pas admise",
            "Prenez l’une de celles que donne le conseil.",
            "structure",
            "instance_dirigeante: ca\n",
            "instance_dirigeante: cse\n",
        ),
        Form(
            "S-FORMAT",
            "Une date, une heure, un téléphone… est mal écrit",
            "Écrivez-le comme le message le demande ; une date s’écrit AAAA-MM-JJ.",
            "cahier-des-charges",
            "date: 2025-03-10\n",
            "date: 10/03/2025\n",
        ),
        Form(
            "S-REF",
            "Un nom ne mène nulle part",
            "Corrigez-le, ou créez le fichier ou l’élément qu’il désigne.",
            "dossier",
            "structures:\n  - calades-jabron\n",
            "structures:\n  - calades-jabrn\n",
        ),
        Form(
            "S-DOUBLON",
            "Une clé ou un identifiant est écrit deux fois",
            "Gardez-en un.",
            "structure",
            "employeuse: true\n",
            "employeuse: true\nemployeuse: false\n",
        ),
        Form(
            "S-FICHIER",
            "Un fichier manque, est illisible, ou n’est pas à sa place",
            "Donnez-lui le nom que propose le conseil ; un fichier nommé « x-….yaml » est à vous "
            "et n’est pas contrôlé.",
            "dossier",
            "# accueil.yaml, dossier.yaml, ingenieries/bilan/convention.yaml\n",
            "# acceuil.yml, Dossier.yaml, ingenieries/bilan/conventions.yaml\n",
        ),
        Form(
            "S-GLYPHE",
            "Un caractère ne peut pas s’imprimer",
            "Remplacez-le par un mot. Un caractère de commande est une erreur ; un signe absent "
            "des polices du PDF est une alerte, et les autres formats le gardent.",
            "structure",
            "denomination: Les Calades du Jabron\n",
            "denomination: Les Calades du Jabron 🌿\n",
            Severity.ALERTE,
        ),
    )
}
"""Every code of form."""
