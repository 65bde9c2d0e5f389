"""Print the generated papers into docs/generated, or check that they are fresh."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from wpis.papers import all_papers


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail when a paper on disk is not what would be printed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Papers are in English; the words on screens are translated elsewhere."""
        folder = settings.BASE_DIR / "docs" / "generated"
        folder.mkdir(parents=True, exist_ok=True)
        with translation.override("en"):
            for name, paper in sorted(all_papers().items()):
                text, path = paper(), folder / name
                if not options["check"]:
                    path.write_text(text, encoding="utf-8")
                elif not path.exists() or path.read_text(encoding="utf-8") != text:
                    raise CommandError(f"docs/generated/{name} is not fresh; run: manage.py papers")
