"""The description of the employers' interface, printed from its views."""

from permits.api.describe import PortalSchema
from wpis.generated_docs import Printer

GENERATED_DOCS: dict[str, Printer] = {"openapi-portal.json": PortalSchema.printed}
