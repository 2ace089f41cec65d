"""Poverty standards as dated data, and what a household may be by them."""
