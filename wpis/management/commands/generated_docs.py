"""Write the generated documentation into docs/generated, or check that it is up to date."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from wpis.generated_docs import all_generated_docs


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail when a file on disk differs from what would be written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The documentation is in English; screens are translated elsewhere."""
        folder = settings.BASE_DIR / "docs" / "generated"
        folder.mkdir(parents=True, exist_ok=True)
        with translation.override("en"):
            for name, printer in sorted(all_generated_docs().items()):
                text, path = printer(), folder / name
                if not options["check"]:
                    path.write_text(text, encoding="utf-8")
                elif not path.exists() or path.read_text(encoding="utf-8") != text:
                    raise CommandError(f"docs/generated/{name} is out of date; run: manage.py generated_docs")
