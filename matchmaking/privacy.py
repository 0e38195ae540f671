"""What the meetings owe to people about their own data."""

from fairs.personal import hand_over, leave_out
from fairs.privacy import DEED

hand_over("matchmaking.meeting", "importer_person", "edition", "exhibitor", "importer", "state", "starts_at", "ends_at",
    "message", "answer", masks={"message": ""})  # fmt: skip
hand_over("matchmaking.agendalink", "person", "edition", "created_at", goes=True)

leave_out("matchmaking.deal", "recorded_by", why=DEED)
