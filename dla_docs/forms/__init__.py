"""What a blank form asks: its fields, found in the settled tree, the same for every format."""
