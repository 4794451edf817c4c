"""Pure decisions: values in, a Verdict (or a plain value) out.

A rule has no session, no request and no clock: whoever asks brings the facts and ``now``. Operations load the
facts, ask here, and write; views show the reason. This package imports ``permissions``, ``texts`` and
``verdicts`` and nothing else of ours. ``book.rule_book()`` lists every function below with the rule ids it
decides.
"""
