"""The project's settings, made quick and quiet for tests."""

import os
import tempfile
from pathlib import Path

# A test never sees the machine's own installation.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="cho-phien-test-")
for _name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE", "CARD_CEILINGS"):
    os.environ.pop(_name, None)

from config.settings import *
from config.settings import CACHES, CHANNEL_LAYERS, DATABASES, LOGGING, MIDDLEWARE, REDIS_URL, env

DATA = Path(os.environ["DATA_DIR"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = LOGGING | {"root": {"handlers": ["out"], "level": env("LOG_LEVEL", "ERROR")}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file, as in life: in memory, threads would share one connection's cache and never meet a lock.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

GATES_KNOW_FOR = 0  # a test asks anew each time

if REDIS_URL:
    # Workers side by side: each empties its own cache and hears its own channels.
    _number = int(env("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{_number}"
    CHANNEL_LAYERS["default"]["CONFIG"] = {"hosts": [REDIS_URL], "prefix": f"test-{_number}"}

# Every test client loads the middleware anew, and this one looks at each static file when it is loaded.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "fairs.middleware.static_files"]
