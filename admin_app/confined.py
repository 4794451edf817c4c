"""Runs a script of ours on a stranger's file in a process of its own: bounded memory and time, none of our settings.

A hostile file may ask for any memory and time, or crash its reader, so it may only take that process with it. The limits
are set in the new process itself, by this very file, before the script is read; so it imports nothing of ours, nor does
the script: both must start fast and hold no secrets.
"""

import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread, Timer
from typing import BinaryIO, NamedTuple

#: all that the script needs of our environment; the settings, which hold secrets, stay here
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "WINDIR", "HOME", "XDG_DATA_DIRS")


class Limits(NamedTuple):
    """What the process may take: bytes of memory, seconds of processor, seconds by the clock; bytes that it may answer."""

    memory: int
    processor: int
    clock: float
    answer: int = 1 << 30


class TooMuch(Exception):
    """The script wanted more than its limits, or ended otherwise than it should."""


def run(script: Path, *arguments: str, content: bytes, limits: Limits) -> bytes:
    """What *script* writes, given *content* to read and *arguments*; raises TooMuch."""
    return b"".join(lines(script, *arguments, content=content, limits=limits))


def lines(script: Path, *arguments: str, content: bytes, limits: Limits) -> Iterator[bytes]:
    """The same line by line as it comes, for answers that would take much memory as a whole.

    Only whoever has come to the end may trust what came: raises TooMuch there, too.
    """
    command = [sys.executable, "-I", __file__, str(limits.memory), str(limits.processor), str(script), *arguments]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        # what would take longer, or fill our memory with its answer, is ended; then both pipes end, too
        clock = Timer(limits.clock, process.kill)
        feeder = Thread(target=_feed, args=(process.stdin, content), daemon=True)
        clock.start()
        feeder.start()
        try:
            left = limits.answer
            while line := process.stdout.readline(left + 1):
                left -= len(line)
                if left < 0:
                    raise TooMuch
                yield line
            process.wait()
        finally:
            clock.cancel()
            process.kill()
            feeder.join()
    if process.returncode:
        raise TooMuch


def _feed(stdin: BinaryIO, content: bytes) -> None:
    with suppress(BrokenPipeError), stdin:
        stdin.write(content)


def _confine(memory: int, processor: int) -> None:
    """Memory and processor time, where the system can limit them; no core file of a person's data."""
    try:
        import resource
    except ImportError:  # Windows: only the parent's clock guards there
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(memory: str, processor: str, script: str, *arguments: str) -> None:
    _confine(int(memory), int(processor))
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    _main(*sys.argv[1:])
