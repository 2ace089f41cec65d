"""The official request for review (Mẫu số 01), filled in with the person and handed back to them."""
