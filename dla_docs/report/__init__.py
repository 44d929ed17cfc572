"""Findings and files told to people and to machines."""
