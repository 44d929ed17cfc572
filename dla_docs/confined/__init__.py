"""Work on what a stranger wrote, in a process of its own: bounded in time and memory, replaced."""
