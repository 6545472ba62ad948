"""Simplified Chinese."""

from typing import Final

from tray.model.locales.locale import Locale, Patterns, Words

_DAYS: Final = ("一", "二", "三", "四", "五", "六", "日")
_DIGITS: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_TENS: Final = ("", "十", "二十", "三十", "四十", "五十")
_NUMBERS: Final = {
    ten + digit: 10 * tens + ones
    for tens, ten in enumerate(_TENS)
    for ones, digit in enumerate(_DIGITS)
    if ten + digit
}

LOCALE: Final = Locale(
    months=(
        *("一月", "二月", "三月", "四月", "五月", "六月"),
        *("七月", "八月", "九月", "十月", "十一月", "十二月"),
    ),
    short_months=tuple(f"{number}月" for number in range(1, 13)),
    weekdays=tuple(f"星期{day}" for day in _DAYS),
    short_weekdays=tuple(f"周{day}" for day in _DAYS),
    narrow_weekdays=_DAYS,
    patterns=Patterns(
        day_month="{number}月{day}日",
        beside_today="{number}月{day}日 {weekday}",
        day_month_year="{year}年{number}月{day}日",
        short_day_month="{number}月{day}日",
        short_date="{year}年{number}月{day}日",
        weekday_date="{number}月{day}日{weekday}",
        short_weekday_date="{year}年{number}月{day}日{short_weekday}",
        weekday_day="{day}日{weekday}",
        short_weekday_day="{day}日{short_weekday}",
        month_year="{year}年{number}月",
        in_month="{number}月{day}日至{last}日",
        in_month_of_year="{year}年{number}月{day}日至{last}日",
        in_year="{first}至{last}",
        from_to="{first}至{last}",
        in_year_and_year="{year}年{first}至{last}",
    ),
    month_first=None,
    halves=("上午", "下午"),
    half_day_clock="{half}{clock}",
    half_day_hour="{half}{clock}点",
    decimal=".",
    percent="{number}%",
    in_hours="{number} 小时",
    in_minutes="{number} 分钟",
    words=Words(
        days_back={
            "今天": 0,
            "今日": 0,
            "昨天": 1,
            "昨日": 1,
            "前天": 2,
            "前日": 2,
            "大前天": 3,
        },
        weekdays=tuple(
            tuple(
                prefix + name
                for prefix in ("星期", "周", "礼拜")
                for name in ((day, "天") if day == "日" else (day,))
            )
            for day in _DAYS
        ),
        dates=(
            r"(?:(?P<year>\d{4})年 *)?(?P<month>\d\d?)月 *(?P<day>\d\d?)[日号](?: *{weekday})?",
        ),
        last=(),
        last_week=("上个", "上"),
        ranges={
            "今天": "today",
            "今日": "today",
            "昨天": "yesterday",
            "昨日": "yesterday",
            "本周": "week",
            "这周": "week",
            "上周": "last week",
            "上星期": "last week",
            "本月": "month",
            "这个月": "month",
            "上月": "last month",
            "上个月": "last month",
            "本季度": "quarter",
            "上季度": "last quarter",
            "上个季度": "last quarter",
            "今年": "year",
            "去年": "last year",
            "全部": "all",
            "所有": "all",
        },
        last_some=r"(?:最近|过去|近) ?{number} ?{unit}",
        range_units={
            "天": "day",
            "日": "day",
            "周": "week",
            "个星期": "week",
            "个月": "month",
            "年": "year",
        },
        now=("现在", "刚才"),
        hours=("个小时", "小时", "个钟头", "钟头"),
        minutes=("分钟", "分"),
        seconds=("秒钟", "秒"),
        numbers=_NUMBERS | {"两": 2},
        lengths={
            "半小时": 30,
            "半个小时": 30,
            "半个钟头": 30,
            "一刻钟": 15,
            "三刻钟": 45,
            "一个半小时": 90,
            "1个半小时": 90,
            "一个半钟头": 90,
            "两个半小时": 150,
            "两个半钟头": 150,
        },
        ago=("{length}前", "{length}之前", "{length}以前"),
        to=("到", "至", "~"),
        before_span=("从",),
        clock=(
            r"(?P<half>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)? ?"
            r"(?P<hour>\d\d?)(?:(?::(?=\d\d)|[点时])(?P<minute>\d\d?分?|半)?)?"
        ),
        halves={
            "凌晨": "am",
            "早上": "am",
            "早晨": "am",
            "上午": "am",
            "中午": "pm",
            "下午": "pm",
            "傍晚": "pm",
            "晚上": "evening",
            "半": "30",
        },
        after_clock=(),
        joined=True,
        not_after_clock="点时分秒刻个号日月年天周人位名次条项页份张件行章节集版期班米元块万千百倍度岁级层楼号",
    ),
)
