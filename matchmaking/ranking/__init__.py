"""Who should meet whom, and why: pure, it knows neither Django nor the database; see docs/ranking.md."""
