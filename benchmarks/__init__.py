"""Measures against peers, and the workspaces they are made on."""
