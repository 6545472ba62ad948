"""How long a keystroke takes while 100,000 entries are searched for suggestions.

Run it with ``python -m tests.benchmarks.bench_suggestions``. Times are those of the processor, so
that other programs do not count.
"""

import gc
import random
import time
import tracemalloc
from collections.abc import Iterator
from itertools import chain
from typing import Final

from tests.benchmarks.rows import Row, table
from tray.model import pinyin
from tray.model.entities import What
from tray.model.suggest import Index, Name, PastActivity, best_first, match_names

NOW: Final = 1_750_000_000
ENTRIES: Final = 100_000
YEARS: Final = 5
PROJECTS: Final = 1_000
SESSIONS: Final = 40
"""Texts typed of each sort."""

TARGETS_MS: Final[dict[int, tuple[float | None, float]]] = {20_000: (100, 10), ENTRIES: (None, 15)}
"""For so many distinct things done: to load them, and the 99th percentile of the keystrokes. That
all entries differ is the worst that can be."""

COMMON: Final = (
    "review call meeting fix report plan write test team design weekly client email release docs "
    "update prepare login page server error invoice support migration import export time tracker "
    "database deploy refactor planning interview onboarding budget travel standup bug customer"
)
SYLLABLES: Final = "ab con de ex fi gra ing jo ka lu mi no or per que re sta ti un ver wa xy za"
CHINESE: Final = (
    "写 算法 文档 测试 修改 登录 页面 接口 会议 数据库 部署 上线 需求 评审 重构 性能 优化 银行 "
    "报告 周报 客户 邮件 的 和 新 问题 整理 沟通 方案 长期 调用 参数 乐队 团队 培训 面试 发票"
)


def run() -> list[Row]:
    """Measure both histories, one with much that is repeated and one with nothing; and names."""
    return [*chain.from_iterable(map(measure, TARGETS_MS)), names_row()]


def measure(distinct: int) -> list[Row]:
    """Build an index and type into it."""
    chance = random.Random(distinct)
    history = make_history(chance, distinct)
    projects = {n: f"{make_text(chance)} client{n % 50}" for n in range(1, PROJECTS + 1)}
    sessions = make_sessions(chance, history)
    label = f"{distinct:,} distinct"
    first, *again = [seconds_to_load(history, projects) for _ in range(4)]
    load, keystroke = TARGETS_MS[distinct]
    note = f"the first time, which imports rapidfuzz: {1_000 * first:.0f}"
    rows = [
        Row(f"{label}: load", 1_000 * min(again), "ms", load, note),
        Row(f"{label}: memory", megabytes(history, projects), "MB", None),
    ]
    index = Index(best_first(history), projects)
    del history  # the store would have handed it over row by row
    gc.collect()
    everything = []
    for sort, texts in sessions.items():
        times = [seconds for text in texts for seconds in type_into(index, text, sort)]
        rows.append(keystrokes(f"{label}: {sort}", times, target=None))
        everything += times
    return [*rows, keystrokes(f"{label}: all keystrokes", everything, target=keystroke)]


def seconds_to_load(history: list[PastActivity], projects: dict[int, str]) -> float:
    """How long it takes to make an index of rows."""
    started = time.thread_time()
    Index(best_first(history), projects)
    return time.thread_time() - started


def megabytes(history: list[PastActivity], projects: dict[int, str]) -> float:
    """What an index keeps, but for the descriptions, which it shares with the rows."""
    gc.collect()
    tracemalloc.start()
    index = Index(best_first(history), projects)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del index
    return kept / 1e6


def type_into(index: Index, text: str, sort: str) -> Iterator[float]:
    """The seconds each keystroke takes, or the one pasting."""
    for end in [len(text)] if sort == "pasted" else range(1, len(text) + 1):
        started = time.thread_time()
        index.search(text[:end], now=NOW, project_id=7, workspace_id=1)
        yield time.thread_time() - started


def make_history(chance: random.Random, distinct: int) -> list[PastActivity]:
    """`distinct` things done, in `ENTRIES` entries over `YEARS` years; a quarter in Chinese."""
    history = []
    for number in range(1, distinct + 1):
        text = make_text(chance)
        uses = 1 if distinct == ENTRIES else max(1, int(chance.paretovariate(1.0)))
        slots = [0] * 8
        for _ in range(min(uses, 50)):
            slots[chance.choice((0, 1, 2, 3, 3, 4))] += 1
        history.append(
            PastActivity(
                number,
                What(1 + (number % 10 == 0), text, chance.randint(1, PROJECTS)),
                uses,
                NOW - int(chance.random() * YEARS * 365 * 86_400),
                tuple(slots),
                " ".join(pinyin.keys(text)),
            )
        )
    return history


def make_text(chance: random.Random) -> str:
    """Something a person may have written down: common words often, thousands of others seldom."""
    if chance.random() < 0.25:
        return "".join(chance.choices(CHINESE.split(), k=chance.randint(2, 5)))
    words = [make_word(chance) for _ in range(chance.randint(2, 6))]
    if chance.random() < 0.3:
        words.append(f"#{chance.randint(1, 99_999)}")
    return " ".join(words).capitalize()


def make_word(chance: random.Random) -> str:
    """One of the common words, the first of them most, or one of some 12,000 others."""
    common = COMMON.split()
    if chance.random() < 0.6:
        return common[int(len(common) * chance.random() ** 2)]
    return "".join(chance.choices(SYLLABLES.split(), k=chance.choice((1, 2, 2, 3, 3))))


def make_sessions(chance: random.Random, history: list[PastActivity]) -> dict[str, list[str]]:
    """What is typed, by sort."""
    texts = chance.sample([done.what.description for done in history if not done.keys], SESSIONS)
    keys = chance.sample([done.keys.split() for done in history if done.keys], SESSIONS)
    return {
        "from the start": [text[:20] for text in texts],
        "a word": [chance.choice(text.split()) for text in texts],
        "words in another order": [" ".join(text.split()[::-1])[:20] for text in texts],
        "with a slip": [slip(chance, text[:20]) for text in texts],
        "not there": ["".join(chance.choices("aeioqxzj ", k=8)) for _ in texts],
        "pinyin": [full for full, *_ in keys],
        "initials": [short for *_, short in keys],
        "pasted": [*texts, *(f"{text} more" for text in texts)],
    }


def slip(chance: random.Random, text: str) -> str:
    """`text` with two neighbours swapped."""
    at = chance.randrange(1, len(text) - 1)
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def names_row() -> Row:
    """Complete projects by name."""
    chance = random.Random(1)
    texts = [make_text(chance) for _ in range(PROJECTS)]
    names = [Name(n, text, " ".join(pinyin.keys(text))) for n, text in enumerate(texts)]
    times = []
    for text in chance.sample(texts, SESSIONS):
        for end in range(1, len(text[:12]) + 1):
            started = time.thread_time()
            match_names(text[:end], names)
            times.append(time.thread_time() - started)
    return keystrokes(f"{PROJECTS:,} project names", times, target=10)


def keystrokes(name: str, seconds: list[float], *, target: float | None) -> Row:
    """The 99th percentile of what single keystrokes took."""
    ms = sorted(1_000 * one for one in seconds)
    note = f"p99 of {len(ms)}; p50 {ms[len(ms) // 2]:.2f}, max {ms[-1]:.2f}"
    return Row(name, ms[int(len(ms) * 0.99)], "ms", target, note)


if __name__ == "__main__":
    print(table(run()))
