"""XLSX: the tables and charts of a document as sheets, and how they are written."""
