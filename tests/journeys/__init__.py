"""Journeys: what people do with the product as it is served, in a real browser."""
