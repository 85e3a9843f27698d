"""OpenStack Swift on this machine, where its packages are installed: one copy of everything, S3 by its own s3api."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

KINDS = ("object", "container", "account")
MISSING = [name for name in (*(f"swift-{kind}-server" for kind in (*KINDS, "proxy")), "swift-ring-builder")
           if shutil.which(name) is None]  # fmt: skip
LOGIN = ("test:tester", "testing")
STARTS_WITHIN_S = 60

SWIFT = """
[swift-hash]
swift_hash_path_suffix = of-a-test
[storage-policy:0]
name = only
default = yes
"""
COMMON = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
swift_dir = {folder}
workers = 0
user = {user}
"""
KEEPER = (
    COMMON
    + """
devices = {folder}/devices
recon_cache_path = {folder}
mount_check = false
[pipeline:main]
pipeline = healthcheck {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
[filter:healthcheck]
use = egg:swift#healthcheck
"""
)
FILTERS = ("catch_errors", "healthcheck", "memcache", "listing_formats", "s3api", "tempauth", "bulk", "slo", "dlo")
OPTIONS = {"tempauth": f"user_{LOGIN[0].replace(':', '_')} = {LOGIN[1]} .admin\n"}
PROXY = (
    COMMON
    + f"""
[pipeline:main]
pipeline = {" ".join(FILTERS)} proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""
    + "".join(f"[filter:{name}]\nuse = egg:swift#{name}\n{OPTIONS.get(name, '')}" for name in FILTERS)
)


@contextmanager
def swift(folder: Path) -> Iterator[str]:
    """The address of its S3 door; everything it keeps is below ``folder``."""
    (folder / "devices" / "disk").mkdir(parents=True)
    (folder / "swift.conf").write_text(SWIFT)
    with ExitStack() as running:
        for kind in KINDS:
            port = free_port()
            _ring(folder, kind, port)
            running.enter_context(_server(folder, kind, KEEPER, port))
        port = free_port()
        running.enter_context(_server(folder, "proxy", PROXY, port))
        yield f"http://127.0.0.1:{port}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _ring(folder: Path, kind: str, port: int) -> None:
    """Where things are kept: one copy, on one device."""
    for step in (("create", "4", "1", "1"), ("add", f"r1z1-127.0.0.1:{port}/disk", "1"), ("rebalance",)):
        command = ["swift-ring-builder", f"{kind}.builder", *step]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


@contextmanager
def _server(folder: Path, kind: str, configuration: str, port: int) -> Iterator[None]:
    """A server of its own for each kind of thing that is kept, once it answers."""
    place = folder / f"{kind}-server.conf"
    place.write_text(configuration.format(kind=kind, port=port, folder=folder, user=getpass.getuser()))
    with (folder / f"{kind}.log").open("wb") as log:
        server = subprocess.Popen([f"swift-{kind}-server", str(place)], stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthcheck")
            yield
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - an address of this machine
                return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
