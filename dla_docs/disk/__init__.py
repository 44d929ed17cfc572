"""The one door to the disk: what is opened, listed, written and removed goes through here.

Every file of a workspace may have been written by a stranger: a link to a secret of the machine, a
pipe that waits for ever, a file of a hundred gigabytes. What is refused, and why, is decided here
once (docs/explications/surete.md).
"""
