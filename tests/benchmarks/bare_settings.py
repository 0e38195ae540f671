"""The settings of an installation that has, beside the pages of the fair, one bare view to measure against."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.bare_urls"
