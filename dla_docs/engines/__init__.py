"""The big libraries, each behind one module: pandoc, Typst, fonts, images, and their time limit."""
