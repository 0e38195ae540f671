"""What the booths owe to people about their own data."""

from fairs.personal import hand_over, leave_out
from fairs.privacy import DEED

hand_over("booths.application", "contact", "edition", "company", "state", "booth_count", "wishes", "submitted_at")
hand_over("booths.appeal", "made_by", "text", "answer", "state", "made_at")

leave_out("booths.application", "entered_by", why=DEED)
leave_out("booths.floordraft", "changed_by", why=DEED)
leave_out("booths.floorversion", "published_by", why=DEED)
leave_out("booths.proposal", "by", why=DEED)
leave_out("booths.round", "begun_by", "signed_by", why=DEED)
leave_out("booths.review", "reviewer", why="A juror’s judgement is about the exhibitor, and stays secret.")

leave_out("booths.handin", "checked_by", why=DEED)
leave_out("booths.handinfile", "given_by", why=DEED)
# ---- moving in and out: drivers have no account; their name and phone go by themselves (booths.actions.yard) ----
leave_out("booths.vehiclepass", "booked_by", "arrived_by", "left_by", why=DEED)
leave_out("booths.boothcheck", "by", why=DEED)
leave_out("booths.fault", "found_by", "mended_by", why=DEED)
leave_out("booths.breach", "recorded_by", "decided_by", why=DEED)
leave_out("booths.rulesacceptance", "accepted_by", why=DEED)
leave_out("booths.withdrawal", "recorded_by", why=DEED)
leave_out("booths.goodsdeclaration", "declared_by", why=DEED)
leave_out("booths.goodscheck", "checked_by", why=DEED)
leave_out("booths.coexhibitor", "asked_by", why=DEED)
