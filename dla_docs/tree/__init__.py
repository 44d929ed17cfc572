"""Stages 6 and 7: a filled template, then one tree settled for all formats."""
