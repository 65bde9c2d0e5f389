"""The web process of one surface; it does not start when the wall is open or a key is misplaced."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wpis.settings")

application = get_wsgi_application()

from wpis.surfaces import refuse_open_wall  # noqa: E402  the apps must be loaded first

refuse_open_wall(web=True)
