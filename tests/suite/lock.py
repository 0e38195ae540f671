"""Checks that the pinned libraries agree with each other and come from the public index alone."""

import re
import sys
import tomllib
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.services import ROOT

PUBLIC = {"https://pypi.org", "https://files.pythonhosted.org"}
LISTS = ("requirements.txt", "requirements-dev.txt")


def complaints() -> Iterator[str]:
    """One sentence for each fault."""
    lock = (ROOT / "uv.lock").read_text()
    for host in sorted(set(re.findall(r"https?://[^/\"]+|file:[^\"]*", lock)) - PUBLIC):
        yield f"uv.lock names {host}: lock again with --default-index https://pypi.org/simple"
    locked = {package["name"]: package for package in tomllib.loads(lock)["package"]}
    yield from _ranges(locked["cho-phien"])
    for name in LISTS:
        yield from _list(name, locked)
    yield from _runtime_within_dev()


def _ranges(project: dict) -> Iterator[str]:
    """What pyproject.toml asks for is what the lock was made for."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pairs = [(asked["project"]["dependencies"], project["metadata"]["requires-dist"])]
    pairs += [(asked["dependency-groups"]["dev"], project["metadata"]["requires-dev"]["dev"])]
    for wanted, known in pairs:
        wanted_ranges = {canonicalize_name((one := Requirement(text)).name): str(one.specifier) for text in wanted}
        known_ranges = {one["name"]: str(Requirement(f"x{one.get('specifier', '')}").specifier) for one in known}
        for name in sorted(set(wanted_ranges.items()) ^ set(known_ranges.items())):
            yield f"pyproject.toml and uv.lock differ on {name[0]}: run uv lock"


def _list(name: str, locked: dict[str, dict]) -> Iterator[str]:
    for block in re.split(r"\n(?=\S)", (ROOT / name).read_text().strip()):
        pin = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", block)
        if pin is None:
            yield f"{name} holds something else than a pinned library: {block.splitlines()[0]}"
            continue
        package = locked.get(canonicalize_name(pin[1]))
        if package is None or package["version"] != pin[2]:
            yield f"{name} and uv.lock differ on {pin[1]}: export the lists again"
        elif not set(re.findall(r"--hash=(\S+)", block)) <= _hashes(package):
            yield f"{name} holds a hash of {pin[1]} that is not in uv.lock"
        elif "--hash=" not in block:
            yield f"{name} holds {pin[1]} without a hash"


def _hashes(package: dict) -> set[str]:
    return {file["hash"] for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]}


def _runtime_within_dev() -> Iterator[str]:
    runtime, dev = (
        {text.split(" ")[0] for text in (ROOT / name).read_text().splitlines() if "==" in text} for name in LISTS
    )
    for pin in sorted(runtime - dev):
        yield f"requirements-dev.txt lacks {pin}, which the product itself needs"


if __name__ == "__main__":
    found = list(complaints())
    for complaint in found:
        print(complaint)
    sys.exit(1 if found else 0)
