"""The language in which orders are asked for: `漏水 site:北楼 due<2h not waiting`.

`parse` turns a text into a tree of words, tests and flags, `written` turns a tree into its text,
and `offers` tells what may stand at a cursor. What a field means to the database is written in
`store.queries.answers.finding`; here is only what it is called and what may stand behind it.
"""
