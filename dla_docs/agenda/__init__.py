"""What is due: when, by whom, whether it came, and when it was last asked for."""
