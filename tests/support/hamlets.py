"""A ward that has filled in what only it knows: its hamlets, and a telephone."""

import json
from pathlib import Path

from content.loader import PACKS_DIR


def fill_in(packs: Path, *hamlets: tuple[str, str], phone: str = "", office_phone: str = "") -> Path:
    """Lay a locality.yaml of Đăk Cấm with these (id, name) of hamlets into a folder of packs; gives the folder."""
    text = (PACKS_DIR / "dak-cam" / "locality.yaml").read_text("utf-8")
    rows = "".join(f"\n  - {{id: {key}, name: {json.dumps(name, ensure_ascii=False)}}}" for key, name in hamlets)
    text = text.replace("\nhamlets: []\n", f"\nhamlets:{rows or ' []'}\n")
    if phone:
        text = text.replace("\nduty_phone: null\n", f'\nduty_phone: "{phone}"\n')
    if office_phone:
        text = text.replace("  - id: phong-kt-ht-dt\n", f'  - id: phong-kt-ht-dt\n    phone: "{office_phone}"\n')
    target = packs / "dak-cam"
    target.mkdir(parents=True)
    (target / "locality.yaml").write_text(text, "utf-8")
    return packs
