"""Stage 5: what one document may read, and nothing else."""
