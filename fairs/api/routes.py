"""What the common ground offers to programs."""

from fairs.api.editions import EditionViewSet

routes = [("editions", EditionViewSet)]
