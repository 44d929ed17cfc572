"""Messages ready to send: who is written to, with what, and what says that it left."""
