"""How soon docctl is there: `import docctl` and `docctl --help`, each in a process of its own.

    python benchmarks/start.py [--rounds 15]

All three take turns in each round; a time is the median by the clock on the wall and holds the
start of the interpreter, which stands beside it.
"""

import argparse
import statistics
import subprocess
import sys
import time

from goals import at_most, machine

RUN = "from docctl.cli import main; main()"
SIDES = {
    "bare": [sys.executable, "-c", "pass"],
    "import": [sys.executable, "-c", "import docctl"],
    "help": [sys.executable, "-c", RUN, "--help"],
}


def taken(argv: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - began) * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    machine()
    times = [{name: taken(argv) for name, argv in SIDES.items()} for _ in range(rounds + 1)]
    middle = {name: statistics.median(one[name] for one in times[1:]) for name in SIDES}
    print(f"the bare interpreter takes {middle['bare']:.0f} ms")
    at_most("import docctl, with the interpreter", middle["import"], 150, "ms")
    at_most("docctl --help, with the interpreter", middle["help"], 250, "ms")


if __name__ == "__main__":
    main()
