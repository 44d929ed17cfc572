"""ODT: what pandoc writes, completed with what it does not write."""
