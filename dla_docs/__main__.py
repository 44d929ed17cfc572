"""Run the command line with `python -m dla_docs`."""

from dla_docs.cli import main

if __name__ == "__main__":
    main()
