"""Where a line of Thai may break."""


def word_breaks(text: str) -> list[int]:
    """Quick form: after spaces and where thaibreak says."""
    import thaibreak

    clean = text.encode("utf-8", "replace").decode().replace("\0", " ")
    return [i for i in thaibreak.boundaries(clean)[1:-1] if text[i] not in " ๆฯ)%?!,.:;"]
