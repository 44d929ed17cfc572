"""Stage 2: what the schemas refuse, told in French sentences."""
