"""The document types and their documents: manifests, contract on the data, logos, consents."""
