"""What is owed and what was paid, whatever the way of paying."""
