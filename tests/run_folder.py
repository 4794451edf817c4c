"""The folder of a test run: shared by its workers, in memory where possible, gone when the run is gone.

The process that starts the run makes the folder and keeps a pipe in it open. A watcher reads the pipe until
that process is gone, however it went, then stops the server that may run there and removes the folder.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

VARIABLE = "STRONGROOM_TEST_RUN"
MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 2 * 2**30

WATCHER = """
{
    read -r _ < "$1/alive"
    [ -e "$1/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"
    rm -rf "$1"
} > /dev/null 2>&1 &
"""


def prepare_run() -> None:
    """Give this run its folder and its watcher; a worker, which inherits them, changes nothing."""
    if VARIABLE in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="strongroom-", dir=_memory()))
    os.mkfifo(folder / "alive")
    # Open for both ways, so that it does not wait for the reader; closed by the end of this process only.
    os.open(folder / "alive", os.O_RDWR)
    # In a session of its own, so that Ctrl-C does not take the watcher along.
    subprocess.run(["sh", "-c", WATCHER, "sh", folder], start_new_session=True, check=True)
    os.environ[VARIABLE] = str(folder)


def run_folder() -> Path:
    """The folder of the run that this process belongs to."""
    return Path(os.environ[VARIABLE])


def _memory() -> Path | None:
    """The memory's file system: a database of 200 tables is copied there in 0.1 s, on a disk in up to 2 s."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY:
        return MEMORY
    return None
