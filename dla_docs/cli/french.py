"""Click's own sentences in French, whatever the machine's language. Import before click."""

import gettext
import os
from pathlib import Path


def speak_french() -> None:
    """Point gettext to our catalogue: Click ships none, and reads the domain at each sentence."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("dla", str(Path(__file__).parent / "locale"))
    gettext.textdomain("dla")
