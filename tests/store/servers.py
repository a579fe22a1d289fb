"""Real servers for vaults, on free ports of this machine: OpenSSH, and one that speaks S3."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any, Self
from urllib.request import Request, urlopen

import boto3
import fsspec
import pytest

from docctl.store.vault.hosts import known_only
from docctl.store.vault.remote import FsspecShelf
from docctl.store.vault.writing import Vault

SSHD = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")

CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {place}/host
AuthorizedKeysFile {place}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def below(pid: int) -> list[int]:
    """Return a process and those that it started: sshd has one of its own for each visitor."""
    found = [pid]
    with suppress(OSError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        for child in map(int, text.split()):
            found += below(child)
    return found


class Relay:
    """A way to a server on which answers are late, others, or do not come."""

    def __init__(self, port: int, answer: Callable[[bytes], bytes | None]) -> None:
        self.to, self.answer = port, answer
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.ends: list[socket.socket] = []
        self.threads: list[Thread] = []
        self._start(self._accept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self.listening, *self.ends):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join()
        for one in (self.listening, *self.ends):
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                theirs, _ = self.listening.accept()
                ours = socket.create_connection(("127.0.0.1", self.to))
                self.ends += [theirs, ours]
                self._start(self._carry, theirs, ours, bytes)
                self._start(self._carry, ours, theirs, self.answer)

    def _start(self, work: Callable, *arguments: object) -> None:
        thread = Thread(target=work, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket, by: Callable) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                if (told := by(data)) is not None:
                    target.sendall(told)
            target.shutdown(socket.SHUT_WR)


class Server:
    """A server in a process of its own, which can be stopped at any moment and started again."""

    def __init__(self, command: Sequence[str], port: int) -> None:
        self.command, self.port = command, port
        self.start()

    def start(self, *, room: int | None = None) -> None:
        """Start it; with *room* no file there becomes larger: a disk that is full."""
        limited = ["sh", "-c", f"trap '' XFSZ; ulimit -f {(room or 0) // 512}; exec \"$@\"", "sh"]
        self.process = subprocess.Popen(
            [*(limited if room else ()), *self.command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        pytest.fail(f"{self.command[0]} did not start")

    def stop(self) -> None:
        for pid in below(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


class Sftp(Server):
    """An OpenSSH server to which one key opens the door."""

    def __init__(self, place: Path) -> None:
        if SSHD is None:
            pytest.skip("there is no sshd on this machine: install openssh-server")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.place, port = place, free_port()
        for name in ("host", "user", "stranger"):
            made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place / name]
            subprocess.run(made, check=True)
        kind, key, *_ = (place / "host.pub").read_text().split()
        (place / "known_hosts").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
        (place / "config").write_text(CONFIG.format(port=port, place=place))
        super().__init__([SSHD, "-D", "-f", str(place / "config")], port)

    def shelf(
        self,
        path: Path,
        *,
        key: str = "user",
        known: str = "known_hosts",
        by: Relay | None = None,
    ) -> FsspecShelf:
        user, port = Path("~").expanduser().owner(), by.port if by else self.port
        hosts = self.place / known
        if by and by.port != self.port:
            text = hosts.read_text().replace(f":{self.port} ", f":{port} ")
            hosts = hosts.with_name(f"known_{port}")
            hosts.write_text(text)
        return FsspecShelf(
            f"sftp://{user}@127.0.0.1:{port}{path}",
            host_key_policy=known_only([hosts]),
            key_filename=str(self.place / key),
            look_for_keys=False,
            allow_agent=False,
        )

    def vault(self, place: Path) -> Vault:
        vault = Vault([self.shelf(place / "payloads")], self.shelf(place / "keys"))
        vault.create()
        return vault


class S3(Server):
    """A server that speaks S3, with one bucket."""

    def __init__(self) -> None:
        port = free_port()
        self.options = {
            "endpoint_url": f"http://127.0.0.1:{port}",
            "key": "test",
            "secret": "test",
            "config_kwargs": {"retries": {"max_attempts": 1}, "connect_timeout": 5},
        }
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        super().__init__(command, port)

    def start(self, *, room: int | None = None) -> None:
        super().start(room=room)
        fsspec.filesystem("s3", skip_instance_cache=True, **self.options).mkdir("records")

    def shelf(self, name: str, bucket: str = "records", **options: Any) -> FsspecShelf:
        return FsspecShelf(f"s3://{bucket}/{name}", **(self.options | options))

    def client(self, kind: str) -> Any:
        """Return a client of the server's own interface."""
        return boto3.client(
            kind,
            region_name="us-east-1",
            endpoint_url=self.options["endpoint_url"],
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106
        )

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Let the server look at keys from now on; else every key opens every door."""
        for count in ("0", "1000000"):
            address = f"{self.options['endpoint_url']}/moto-api/reset-auth"
            told = Request(address, count.encode(), {"Content-Type": "text/plain"})  # noqa: S310
            urlopen(told).close()  # noqa: S310
            if count == "0":
                yield

    def vault(self, _: Path) -> Vault:
        name = secrets.token_hex(8)
        vault = Vault([self.shelf(f"{name}/payloads")], self.shelf(f"{name}/keys"))
        vault.create()
        return vault
