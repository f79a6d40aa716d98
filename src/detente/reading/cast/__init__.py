"""How the cast of a text is found: names, people, roles, what takes them up again, and what a capital stands for."""
