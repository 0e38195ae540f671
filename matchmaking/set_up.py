"""What of meetings is copied into a new edition."""

from fairs.discovery import add_copier
from matchmaking.actions.deal_pairs import copy_contract_rules
from matchmaking.actions.matching import copy_terms
from matchmaking.actions.rules import copy_rules

add_copier(copy_rules)
add_copier(copy_terms)
add_copier(copy_contract_rules)
