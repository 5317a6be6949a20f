"""What tests take: the processor time of each, with all the browsers and kernels that it starts.

    python -m benchmarks.tests tests/book/test_site.py

Time on the clock says little on a machine that does other things as well. So the system is asked
after each test what this process and all below it have used by now; Linux alone can be asked so.
"""

import os
import sys
from collections import defaultdict
from pathlib import Path

import pytest


def used():
    """Return the seconds of processor time of this process and of all below it."""
    children, ticks = defaultdict(list), {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # Behind the name, which may hold anything: state, parent, …, and from the twelfth on
            # the time in programs and in the system, its own and that of children that ended.
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        children[int(fields[1])].append(int(process.name))
        ticks[int(process.name)] = sum(map(int, fields[11:15]))
    total, waiting = 0, [os.getpid()]
    while waiting:
        process = waiting.pop()
        total += ticks.get(process, 0)
        waiting += children[process]
    return total / os.sysconf("SC_CLK_TCK")


class Meter:
    """A plugin of pytest: adds up what each test function used, over all its parameters."""

    def __init__(self):
        self.seconds, self.number, self.last = defaultdict(float), defaultdict(int), used()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        """Look at the clock of the processor when a test is done, and before anything is closed."""
        try:
            return (yield)
        finally:
            name, now = item.nodeid.partition("[")[0].rpartition("/")[2], used()
            self.seconds[name] += max(0, now - self.last)  # what was closed is not counted any more
            self.number[name] += 1
            self.last = now

    def rows(self):
        """Return a row of a table for each test function, the longest first."""
        ordered = sorted(self.seconds, key=self.seconds.get, reverse=True)
        return [f"| {name} | {self.number[name]} | {self.seconds[name]:.1f} |" for name in ordered]


def main(arguments):
    """Run tests in this process and print a row for each function."""
    meter = Meter()
    problem = pytest.main(["-q", "-p", "no:cacheprovider", *arguments], plugins=[meter])
    print("\n| test | times | processor, s |\n|---|---:|---:|", *meter.rows(), sep="\n")
    print(f"| all | {sum(meter.number.values())} | {sum(meter.seconds.values()):.1f} |")
    return problem


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
