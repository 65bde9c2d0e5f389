"""Propose the code's catalogue of indicators as the next ruleset, or print it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alerts.models import Ruleset
from alerts.rules import proposals, starting
from alerts.rules.content import UnreadableRuleset, digest, read
from wpis import clock


class Command(BaseCommand):
    help = (
        f"{__doc__} A proposed ruleset runs nowhere until it is published. Run as the database owner, "
        "with the translations compiled."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--print", action="store_true", help="write the document out and store nothing")
        parser.add_argument("--name", default="Starting ruleset of the release", help="what people call it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store it once: the same document is not proposed again."""
        document = starting.document()
        if options["print"]:
            try:
                read(document)
            except UnreadableRuleset as error:
                raise CommandError(str(error)) from error
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        known = Ruleset.objects.filter(digest=digest(document)).first()
        if known is not None:
            self.stdout.write(f"{known.version} says the same already ({known.status})")
            return
        at = clock.now()
        ruleset = proposals.propose(
            document, name=options["name"], version=proposals.next_version(at=at), by=None, at=at
        )
        self.stdout.write(f"proposed {ruleset.version}")
