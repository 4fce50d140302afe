"""The command line's language: `VERB TARGETS [WHO] [/option] [;note]`, in English and Chinese."""
