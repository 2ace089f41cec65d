"""The labour market of a place, quarter by quarter."""
