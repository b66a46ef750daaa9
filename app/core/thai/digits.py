"""Thai and Arabic digits: storage and arithmetic are Arabic, paper may be Thai."""


def to_thai_digits(text: str) -> str:
    """Write every ASCII digit as a Thai one; everything else stays."""
    return text.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """Write every Thai digit as an ASCII one; everything else stays."""
    return text.translate(_TO_ARABIC)


_THAI = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC = "0123456789"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
