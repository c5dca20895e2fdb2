"""Everything in one run, as Markdown: `./run bench`; `./run bench --short` for a look."""

from __future__ import annotations

import argparse
import os
import platform

from benchmarks import flat, neighbours, peers, throughput, training


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few repetitions")
    short = parser.parse_args().short
    print(f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("A tiny topic (3 functions, 6 checks), modes interleaved:\n")
    print(throughput.report(*((20, 3) if short else (200, 25))), flush=True)
    print("\n* " + training.report(3 if short else 11), flush=True)
    print("* " + flat.report(200 if short else 1000).replace("\n", "\n* "), flush=True)
    print("* " + neighbours.report(*((5, 1) if short else (20, 3))), flush=True)
    print("* " + peers.report(2 if short else 5), flush=True)


if __name__ == "__main__":
    main()
