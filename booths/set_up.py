"""What of the floor is copied into a new edition."""

from booths.actions.copying import copy_floor
from booths.actions.copying_sale import copy_sale
from booths.actions.copying_services import copy_services
from booths.actions.windows import copy_windows
from fairs.discovery import add_copier

add_copier(copy_sale)
add_copier(copy_windows)
add_copier(copy_services)  # what is added last goes first: the floor
add_copier(copy_floor)
