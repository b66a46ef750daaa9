"""The page of the products."""

from app.core.i18n import N_
from app.ui.records.form_sections import Section
from app.ui.records.page import Page, Related, page

PAGE = page(
    Page(
        type="product",
        title=N_("Products"),
        new=N_("New product"),
        icon="product",
        place=10,  # after the pages with a digit
        letter="P",
        columns=("name", "group", "kind", "brand", "logo_status"),
        sections=(
            Section(N_("Product"), ("group", "name", "kind", "capacity", "price", "channels")),
            Section(N_("Brand, logo and label"), ("brand", "logo_status", "label_photos")),
            Section(N_("Note"), ("note",)),
        ),
        related=(
            Related(
                "certification", "product", N_("Certification files"),
                ("file_no", "scheme", "status", "cert_no", "expires_on"),
            ),
        ),
        filters=(
            (N_("Food"), {"kind": "food"}),
            (N_("Goods other than food"), {"kind": "goods"}),
            (N_("Service"), {"kind": "service"}),
        ),
    )
)  # fmt: skip
