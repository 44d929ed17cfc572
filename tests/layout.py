"""Where the layout files of the package are, for the tests that read them."""

from dla_docs.model.resources import package_data

LAYOUT = package_data("templates") / "_mise-en-page"
