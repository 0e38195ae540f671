"""One day of a fair lived again, faster than life, against a whole installation of its own.

Each app says in its own `replay.py` what its people do in a day (`fairs.replay.day.happens`) and what must be true of
the tables afterwards (`fairs.replay.recount.recounts`).
"""
