"""What the CI of a workspace installs: the very `dla` that made the workspace."""

import json
import re
from importlib.metadata import distribution

from dla_docs import __version__

PACKAGE = "dla-docs"
_ADDRESS = re.compile(r"(?P<scheme>[a-z+]+)://(?:(?P<user>[^/@:]*)(?::[^/@]*)?@)?(?P<rest>.+)")


def requirement() -> str:
    """What to give to pip to have this `dla` on another machine."""
    files = distribution(PACKAGE).files or ()
    origin = next((file for file in files if file.name == "direct_url.json"), None)
    return requirement_of(origin.read_binary().decode() if origin else None, __version__)


def requirement_of(origin: str | None, version: str) -> str:
    """The commit or the archive that pip took the package from, else its version.

    `origin`: what pip wrote of it (PEP 610); None for a package taken from an index. A folder or a
    file of this machine is on no other. No password is kept.
    """
    data = json.loads(origin) if origin else {}
    place = _ADDRESS.fullmatch(str(data.get("url", "")))
    if place is None or place["scheme"] == "file":
        return f"{PACKAGE}=={version}"
    # `git@` says who speaks to a server by SSH; elsewhere, a name before the host is a key.
    named = f"{place['user']}@" if place["user"] and "ssh" in place["scheme"] else ""
    address = f"{place['scheme']}://{named}{place['rest']}"
    source = data.get("vcs_info", {})
    commit = f"@{source['commit_id']}" if "commit_id" in source else ""
    kind = f"{source['vcs']}+" if "vcs" in source else ""
    return f"{PACKAGE} @ {kind}{address}{commit}"
