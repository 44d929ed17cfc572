"""`dla new … --questions`: what a person is asked of a file, and how an answer is read.

Nothing here reads nor writes: `owed` says what the data so far ask for, `questions` what comes
next, `answers` what a text means, `interview` what an answer changes.
"""
