"""One module a peer: what it is given, and how it is run beside ours.

Each has `measured`, which yields the lines of the page, or the line that says what is missing.
"""
