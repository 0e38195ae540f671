"""The programs that stages need from the distribution, found or installed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from tests.services import chromium_program, postgresql_programs


@dataclass(frozen=True)
class Tool:
    """A program and the Debian package that brings it."""

    package: str
    find: Callable[[], object]


TOOLS = {
    "postgresql": Tool("postgresql", postgresql_programs),
    "redis": Tool("redis-server", lambda: shutil.which("redis-server")),
    "chromium": Tool("chromium", chromium_program),
    "poppler": Tool("poppler-utils", lambda: shutil.which("pdftoppm")),
    "gettext": Tool("gettext", lambda: shutil.which("xgettext")),
}


def missing(names: set[str]) -> list[str]:
    """The packages to install for these tools, in a steady order."""
    return sorted(TOOLS[name].package for name in names if not TOOLS[name].find())


def may_install() -> bool:
    """Only where the system is ours to change: as root, or on a machine that exists for such runs."""
    return shutil.which("apt-get") is not None and (os.geteuid() == 0 or on_ci())


def on_ci() -> bool:
    return os.environ.get("CI") == "true"


def install(packages: list[str]) -> None:
    """Installs Debian packages, each by itself: one that this system does not have must not keep out the others."""
    _apt_get("update")
    for package in packages:
        _apt_get("install", "-y", "--no-install-recommends", package)


def _apt_get(*arguments: str) -> None:
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    command = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *arguments]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
