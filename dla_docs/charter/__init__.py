"""The look of the documents: the charter, and the reference documents made from it."""
