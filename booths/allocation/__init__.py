"""Who stands where: booths given to exhibitors by rules and weights. Knows neither Django nor a database."""
