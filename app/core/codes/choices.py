"""What a choice field offers."""

Choices = tuple[tuple[str, str], ...]
