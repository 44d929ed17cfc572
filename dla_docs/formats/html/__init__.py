"""HTML: one file that needs no other, read on a screen, on a telephone and on paper."""
