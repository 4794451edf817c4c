"""Ledgers in and out, driven by the faces alone: no register has a line of its own here.

In: ``reading`` (bytes -> raw cells) -> ``mapping`` (columns -> fields) -> ``checking`` (a verdict for each line) ->
``writing`` (one transaction). Out: ``exporting`` (what a list shows) -> ``export_files``. ``results`` is the door for
commands.
"""
