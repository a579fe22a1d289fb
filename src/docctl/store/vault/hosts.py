"""SSH servers that this machine knows: payloads and keys go to no other."""

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

#: Where a machine notes the keys of servers, as `ssh` does.
KNOWN_HOSTS = (Path("~/.ssh/known_hosts"), Path("/etc/ssh/ssh_known_hosts"))


def known_only(noted: Sequence[Path] = KNOWN_HOSTS) -> Any:
    """Return a policy for paramiko that refuses every server whose key is not noted.

    Raises:
        ImportError: paramiko is not installed.
    """
    paramiko = import_module("paramiko")

    def missing_host_key(_: Any, __: Any, host: str, key: Any) -> None:
        known = paramiko.HostKeys()
        for path in noted:
            with suppress(OSError):
                known.load(str(path.expanduser()))
        if not known.check(host, key):
            raise PermissionError(
                f"the key of {host} is not the one in known_hosts: connect to it once with ssh"
            )

    members = {"missing_host_key": missing_host_key}
    return type("KnownOnly", (paramiko.MissingHostKeyPolicy,), members)()
