"""Who may do what with the floor."""

import rules

from fairs.permissions import member, officer

rules.add_perm("booths.open_desk", officer("booth_desk", "finance", "reports"))
rules.add_perm("booths.set_up_floor", officer("booth_desk"))
rules.add_perm("booths.publish_rules", officer())
rules.add_perm("booths.apply", member | officer("booth_desk"))
rules.add_perm("booths.decide", officer("booth_desk"))
rules.add_perm("booths.hold", member | officer("booth_desk"))
rules.add_perm("booths.hand_over", officer("booth_desk"))
