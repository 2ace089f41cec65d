"""How officers get in: passwords, second factors, links, sessions."""
