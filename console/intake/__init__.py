"""Reads files of orders from elsewhere: bytes to rows, rows to pictures, pictures to histories."""
