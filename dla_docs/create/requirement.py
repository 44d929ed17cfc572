"""What the CI of a workspace installs: the very `dla` that made the workspace."""

import json
from importlib.metadata import distribution
from urllib.parse import urlsplit, urlunsplit

from dla_docs import __version__

PACKAGE = "dla-docs"


def requirement() -> str:
    """What to give to pip to have this `dla` on another machine."""
    return requirement_of(distribution(PACKAGE).read_text("direct_url.json"), __version__)


def requirement_of(origin: str | None, version: str) -> str:
    """The commit or the archive that pip took the package from, else its version.

    `origin`: what pip wrote of it (PEP 610); None for a package taken from an index. A folder or a
    file of this machine is on no other. No password is kept.
    """
    data = json.loads(origin) if origin else {}
    place = urlsplit(str(data.get("url", "")))
    if place.scheme in {"", "file"}:
        return f"{PACKAGE}=={version}"
    user, host = place.username, place.netloc.rpartition("@")[2]
    # `git@` says who speaks to a server by SSH; elsewhere, a name before the host is a key.
    named = f"{user}@{host}" if user and "ssh" in place.scheme else host
    address = urlunsplit(place._replace(netloc=named))
    source = data.get("vcs_info", {})
    commit = f"@{source['commit_id']}" if "commit_id" in source else ""
    kind = f"{source['vcs']}+" if "vcs" in source else ""
    return f"{PACKAGE} @ {kind}{address}{commit}"
