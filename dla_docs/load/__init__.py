"""Stage 1: from the files of a workspace to a corpus, every value with its line and column."""
