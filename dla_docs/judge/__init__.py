"""A proposition or a report that nobody wrote on our form, judged by what ours must hold."""
