"""An article to try detente with: `camp-david.html`, written for detente from the public record."""
