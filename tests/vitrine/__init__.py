"""The pictures of README.md: pages of the demonstration, as the project produces them."""
