"""Stage 3: the rules of the dispositif, from their records."""
