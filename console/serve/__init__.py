"""The desk for many: a front lets them in, a fork server gives each a console of his own."""
