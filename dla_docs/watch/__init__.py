"""`dla watch`: a workspace looked at while it is being written."""
