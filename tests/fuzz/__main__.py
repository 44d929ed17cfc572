"""`make fuzz`: the targets again and again, with other examples each time, for DUREE seconds."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """0 when nothing failed; what failed is in the corpus."""
    end = time.monotonic() + float(os.environ.get("DUREE", "600"))
    failed = False
    while time.monotonic() < end:
        seed = random.SystemRandom().randrange(2**32)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--tb=short"]
        command += ["-p", "no:cacheprovider", f"--hypothesis-seed={seed}", str(HERE)]
        done = subprocess.run(command, env={**os.environ, "DLA_FUZZ": "1"}, check=False)
        failed |= done.returncode != 0
    return int(failed)


sys.exit(main())
