"""Tests that open the documents in the programs people use; they ask for system packages."""
