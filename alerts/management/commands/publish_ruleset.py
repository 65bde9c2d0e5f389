"""Put a proposed ruleset in force, in the name of the analyst who answers for it, and retire the one that was."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alerts.models import Ruleset, RulesetStatus
from alerts.rules import rulesets
from wpis import clock
from wpis.accounts.models import User
from wpis.errors import Refused


class Command(BaseCommand):
    help = (
        f"{__doc__} The analyst is never the one who proposed it. What is filed from then on is put to the new "
        "ruleset; what was found before stays as it is. Run as the database owner: no surface may do this."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version", help="the ruleset to publish, as in R2026.2")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the analyst who answers for it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish it and say what changed, or say why not; then nothing has changed."""
        ruleset = Ruleset.objects.filter(version=options["version"]).select_related("proposed_by").first()
        if ruleset is None:
            raise CommandError(f"there is no ruleset {options['version']}")
        by = User.objects.filter(email__iexact=options["by"]).first()
        if by is None:
            raise CommandError(f"there is no account {options['by']}")
        former = Ruleset.objects.filter(status=RulesetStatus.LIVE).first()
        try:
            rulesets.publish(ruleset, by=by, at=clock.now())
        except PermissionDenied as denied:
            raise CommandError(f"{by.email} may not publish a ruleset") from denied
        except Refused as refused:
            raise CommandError(f"{ruleset.version} ({ruleset.status}): {refused}") from refused
        self.stdout.write(
            f"{ruleset.version} is live, proposed by {ruleset.proposed_by or 'the operator'}, "
            f"published by {by.email}"
        )
        if former is not None:
            self.stdout.write(f"{former.version} is retired; it goes on explaining what it found")
