"""How dates, times and numbers are written and read here, by language."""
