"""What a load balancer or a watchman asks."""

from collections.abc import Callable

from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from fairs import heartbeat
from fairs.caches import ForgetfulRedis

OLDEST_BEAT = 60.0  # seconds


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Everything this process needs answers too; 503 names what does not."""
    checks = {name: _try(check) for name, check in CHECKS.items()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _try(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _redis() -> bool:
    known = caches["default"]
    return not isinstance(known, ForgetfulRedis) or known.answers


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _heartbeat() -> bool:
    age = heartbeat.age()
    return age is not None and age < OLDEST_BEAT


CHECKS = {"database": _database, "redis": _redis, "migrations": _migrations, "heartbeat": _heartbeat}
