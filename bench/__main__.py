"""`make bench`: start own servers, load two sizes, print every figure beside its baseline of the same run."""

import argparse
import platform
from pathlib import Path

from bench import measures
from bench.figures import as_json, table
from wpis.development.embedded.stack import Stack

NO_QUOTAS = (
    '{"waiting": 1000000, "files_an_hour": 1000000, "files_a_day": 1000000, "megabytes_a_day": 1000000}'
)
"""One employer files everything."""


def main() -> None:
    """Prints a table and JSON; asserts no times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    # No limit on requests per minute: the limit is what this client would measure otherwise.
    with Stack(
        webs=("portal", "office"), workers=("restricted",), ringer=True, durable=True, say=print,
        environment={"WPIS_API_RATE": "100000/sec", "WPIS_UPLOAD_QUOTAS": NO_QUOTAS},
    ) as stack:  # fmt: skip
        measures.pause(stack)
        figures = measures.submitting(stack)
        bulk(stack, options.small, seed=1)
        figures += measures.screening(stack)
        figures += measures.idle(stack)
        measures.pause(stack)
        small = measures.queue_page(stack)
        bulk(stack, options.large - options.small, seed=2)
        figures += measures.queue(small, measures.queue_page(stack))
    print(f"\n{platform.machine()}, {measures.cores()} cores, Python {platform.python_version()}\n")
    print(table(figures))
    print("\n" + as_json(figures))
    if options.json:
        options.json.write_text(as_json(figures), encoding="utf-8")


def bulk(stack: Stack, applications: int, *, seed: int) -> None:
    """Add that many applications without playing them."""
    print(f"loading {applications:,} applications", flush=True)
    stack.manage("simulate", "--applications", str(applications), "--seed", str(seed), "--bulk", "--more")


if __name__ == "__main__":
    main()
