"""Start and memory of one process, beside a bare Flask application on the same server.

`python -m benchmarks.start` takes some 20 s: each is started five times, and the median counts.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.request import urlopen

BARE = """
import sys, waitress
from flask import Flask
app = Flask("bare")
app.get("/activities")(lambda: "ok")
waitress.serve(app, host="127.0.0.1", port=int(sys.argv[1]))
"""
RUNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"LNA_DATA_DIR": folder}
        lna = Path(sys.executable).with_name("lna")
        subprocess.run([lna, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        ours = [_started([str(lna), "serve", "--port"], environment) for _ in range(RUNS)]
    bare = [_started([sys.executable, "-c", BARE], os.environ.copy()) for _ in range(RUNS)]
    seconds, memory = (median(each) for each in zip(*ours, strict=True))
    bare_seconds, bare_memory = (median(each) for each in zip(*bare, strict=True))
    print(f"first answer after start  {seconds:5.2f} s   goal <= 1.5 s   bare {bare_seconds:.2f} s")
    print(f"memory after ten pages    {memory:5.0f} MB  goal <= 100 MB  bare {bare_memory:.0f} MB")


def _started(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until the first page, and megabytes resident after ten."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        seconds = _answered(f"http://127.0.0.1:{port}/activities", begun)
        for _ in range(10):
            urlopen(f"http://127.0.0.1:{port}/activities").read()
        status = Path(f"/proc/{process.pid}/status").read_text()
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return seconds, int(resident.split()[1]) / 1024
    finally:
        process.terminate()
        process.wait()


def _answered(address: str, begun: float) -> float:
    while time.perf_counter() - begun < 60:
        try:
            urlopen(address, timeout=60).read()
        except OSError:
            time.sleep(0.01)
        else:
            return time.perf_counter() - begun
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
