"""New files: `dla init` and `dla new`, filled with what is known already."""
