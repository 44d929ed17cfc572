"""The text of a data file changed where asked, and nowhere else."""
