"""The web server's entrance (WSGI: ASGI spools request bodies to disk in clear)."""

import os

from django.core.wsgi import get_wsgi_application

from weerbaar.vault.memory import keep_memory_in

keep_memory_in()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weerbaar.settings")
application = get_wsgi_application()
