r"""One line that says what is being done and when, as typed in a terminal or the quick-start box.

    description @project #tag $ 9:30-10:15

The parts may stand in any order; what is left over is the description. A part begins at the start
of a word, so ``a@b``, ``C#`` and ``5$`` are text.

    @name  @"two words"  @name/task     the project, and its task
    #name  #"two words"                 a tag, as many as wanted
    $                                   billable
    -15m  -1h30m  -90s                  started that long ago
    9:30  9:30:05  2pm                  started then
    9:30-10:15  2-3pm  9:30-            began and ended then; without an end it is still running
    monday 9-10  yesterday 14           the same on that day, where bare hours are enough
    2026-11-20 9:30-10:15               the same on that date
    2026-11-20 9:30 - 2026-11-22 10:15  longer than a day
    2026-10-25T00:30Z                   in UTC (in a span on both sides): the hour that comes twice

* A clock without a date, or with a weekday, is the most recent that has already begun: 9:30 at
  eight o'clock is yesterday's; on a Monday afternoon ``monday 9-10`` is this morning's. ``today``,
  ``yesterday`` and a date are taken as they are, even where that is in the future.
* An end before its start is on the next day; an end equal to its start makes an entry of no length
  (``0:00-24:00`` is a whole day). Beside ``am`` or ``pm`` an hour without takes the half of the day
  that makes the span shorter.
* Words for days, units and clocks of the user's language are read beside the English ones, as
  its module in `tray.model.locales` lists them: ``昨天14点到15点``, ``上周五 9-10``, ``半小时前``,
  ``gestern 14 bis 15 Uhr``, ``half an hour ago``. ``last friday`` is never today.
* So are its dates: ``11月20日 9-10``, ``20. November 9-10``, ``20.11. 9-10``; without a year the
  last such day. Where words need no blanks, text may follow a time at once if that cannot be a
  count of things: ``昨天14-15写算法``, but ``2点建议`` is text.
* What is written is written so that every language reads it alike: what would be a time in one of
  them is escaped, by a digit, else by a blank or a comma.
* A blank before ``am`` and ``pm`` is possible on both sides of a span (``9:30 AM-10:15 AM``) and
  where nothing but a time is asked for; elsewhere ``am`` may be a word.
* A hyphen, an en dash and a minus are the same. They may have spaces around them where both sides
  show minutes, ``am`` or ``pm``; else ``today 9 - 5 calls`` would be ambiguous.
* An hour that comes twice means its first passage, an hour that is skipped is counted with the
  offset from before the gap (``fold=0`` of `datetime`). Where that puts the end before the start,
  and where there is no such time (25:00), the words are text.
* A backslash makes the next character plain text: ``\@home``, ``9\:30``, ``\\``. Before a letter,
  which has nothing to lose, it is an ordinary backslash, so that ``C:\temp`` survives.
* What an input method types in full width means the same: ``＠ ＃ ＄ ￥ ： － “two words” ９``.
* In descriptions and names each run of blanks and control characters becomes one space, none are
  left at the ends, and half a surrogate pair becomes U+FFFD; nothing else is changed.
* A second project or time is not guessed about: the first counts, the second is a problem.

Nothing is loaded here: a line without a time needs none of what reads times.
"""
