"""HTTP. Whatever of this package is imported first, numbers in the addresses of its routes are read in one way."""

from starlette.convertors import register_url_convertor

from web.path_numbers import PathNumber

register_url_convertor("int", PathNumber())
