"""Makes the fixture of a release: a small database with everything that this code stores, and what it says of it.

Run it with the code of the release that is being cut, then commit what it wrote and never change it again:

    make release-fixture VERSION=0.2.0

Later releases read it in the tests of this folder. It plays its stories through the real actions, on a clock and with
entropy that are the same each time, and refuses to write a fixture that leaves a column or a condition out.
"""

import json
import os
import sys
from pathlib import Path

from tests.upgrade import keys

RELEASES = Path(__file__).with_name("releases")
SEED = 5165


def main(version: str) -> None:
    """Start a throw-away server, play, check, dump."""
    from wpis.development.embedded.stack import Stack

    stack = Stack(webs=(), workers=(), ringer=False, environment=keys.as_environment(keys.all_keys()))
    with stack.servers():
        os.environ.update(stack.variables())
        os.environ.update(keys.as_environment(keys.all_keys()))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        _make(RELEASES / version)


def _make(folder: Path) -> None:
    from django.db import connection
    from django.utils import translation
    from django.utils.translation import gettext

    from tests.upgrade import cluster, reading
    from tests.upgrade.clock import same_entropy, stopped_clock
    from tests.upgrade.stories import covering, story
    from wpis.development.embedded.servers.databases import prepare_database

    with translation.override("hy"):
        assert gettext("Withdrawn") != "Withdrawn", "compile the translations first: make compiled"
    with same_entropy(SEED), stopped_clock() as clock:
        prepare_database()
        tokens = story.tell(clock)
    if gaps := covering.gaps():
        sys.exit("The fixture leaves out:\n- " + "\n- ".join(gaps))
    folder.mkdir(parents=True, exist_ok=True)
    connection.close()
    cluster.dump(os.environ["DATABASE_URL"], folder)
    _write(folder / "keys.json", keys.all_keys() | {"tokens": tokens})
    _write(folder / "expected.json", reading.everything())


def _write(path: Path, content: object) -> None:
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1])
