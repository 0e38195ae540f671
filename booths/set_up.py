"""What of the floor is copied into a new edition."""

from booths.actions.copying import copy_floor
from fairs.discovery import add_copier

add_copier(copy_floor)
