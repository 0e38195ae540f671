"""Pages and API for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from fairs.live import serve_aside

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
serve_aside()
