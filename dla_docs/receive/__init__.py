"""What comes back: a filled form, read by the blank one that it was, into the data."""
