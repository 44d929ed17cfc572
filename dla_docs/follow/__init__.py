"""Where a dossier stands, who can be asked, whence a file comes."""
