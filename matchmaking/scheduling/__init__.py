"""Who meets whom when: meetings asked for, given slots by rules. Knows neither Django nor a database."""
