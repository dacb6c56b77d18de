# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of our own: in a folder of its own, on a socket of its own, gone when the test is over."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def programs():
    """Where PostgreSQL's programs are; None if they are not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = next(iter(debian), None) or shutil.which("initdb")
    return found and Path(found).parent


@contextmanager
def running_server(*, options=""):
    """Start a server, give the URL of its database, and stop it.

    Its folder stands by itself: pytest's own are closed to the user under whom PostgreSQL runs where the tests run as root.

    Args:
        options: More for the server's command line.
    """
    bin_folder = programs()
    assert bin_folder is not None
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="tg-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        data, more = folder / "data", f"-k {folder} -c listen_addresses='' -c fsync=off {options}"

        def run(*command, check=True):
            subprocess.run(command, user=user, cwd=folder, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own server

        run(bin_folder / "initdb", "-D", data, "-U", "guard", "-A", "trust", "-E", "UTF8", "--locale=C")
        run(bin_folder / "pg_ctl", "-D", data, "-o", more, "-l", folder / "log", "-w", "start")
        try:
            yield f"postgresql+psycopg://guard@/postgres?host={quote(str(folder))}"
        finally:
            run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
