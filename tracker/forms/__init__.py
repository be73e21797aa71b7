"""Forms: the shape and wording of what is typed, one module a noun.

Rules stay in ``domain``; a form turns text into a domain entry and puts a broken rule beside
the field it belongs to. A form class lists the only fields its route may set.
"""
