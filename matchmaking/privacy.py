"""What the meetings owe to people about their own data."""

from fairs.personal import hand_over, leave_out
from fairs.privacy import DEED

hand_over("matchmaking.meeting", "importer_person", "edition", "exhibitor", "importer", "state", "starts_at", "ends_at",
    "message", "answer", masks={"message": ""})  # fmt: skip
hand_over("matchmaking.agendalink", "person", "edition", "created_at", goes=True)

hand_over("matchmaking.lead", "person", "edition", "exhibitor", "first_at", "last_at", "handed_at", "means",
    "taken_back_at", masks={"note": "", "guest_name": "", "guest_company": "", "guest_email": "", "folded": ""},
)  # fmt: skip

leave_out("matchmaking.leadvisit", "by", why=DEED)
leave_out("matchmaking.deal", "recorded_by", why=DEED)
