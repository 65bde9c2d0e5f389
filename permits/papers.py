"""The description of the employers' interface, printed from its views."""

from permits.api.describe import PortalSchema
from wpis.papers import Paper

PAPERS: dict[str, Paper] = {"openapi-portal.json": PortalSchema.paper}
