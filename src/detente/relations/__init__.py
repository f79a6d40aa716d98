"""How parties stand to one another, computed from what they did."""
