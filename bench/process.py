"""Start-up time and memory of one process with all registers, from the first import to the first answer."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

from config import Settings

_STARTS = 3
_PROGRAM = """
import time
began = time.perf_counter()
import json, logging, sys
from pathlib import Path
from admin_app import create_app
from admin_app.models import all_registers
app = create_app({"data_dir": Path(sys.argv[1]), "database_url": sys.argv[2]})
logging.disable()
app.test_client().get("/login")
seconds = time.perf_counter() - began
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"seconds": seconds, "megabytes": peak, "registers": len(all_registers())}))
"""


@dataclass(frozen=True)
class Process:
    """Seconds to the first answer, peak memory in MB, how many registers there were."""

    seconds: float
    megabytes: float
    registers: int


def start(settings: Settings) -> Process:
    """The median of some starts on the database of *settings*; the first of all compiles the program and isn't counted."""
    command = [sys.executable, "-c", _PROGRAM, str(settings.data_dir), settings.database_url]
    compiling = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = []
    for _ in range(1 + _STARTS):
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=compiling)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    del runs[0]
    return Process(
        statistics.median(run["seconds"] for run in runs), statistics.median(run["megabytes"] for run in runs),
        runs[0]["registers"],
    )  # fmt: skip
