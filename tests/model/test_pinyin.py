"""What can be typed for a Chinese text, and where in the text that is."""

import re
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from tray.model import pinyin

ROOT: Final = Path(__file__).parents[2]
IDEOGRAPHS: Final = "写算法银行长重乐女绿的了会计度〇兙"
MIXED: Final = st.text(alphabet=IDEOGRAPHS + "aB1 -，é\n", max_size=80)

# Chosen for the words of a working day, and for the ideographs in them that are read in two ways.
WORDS: Final = """
    银行 行动 行业 执行 运行 并行 行长 长度 长期 成长 校长 增长 延长 重要 重复 重新 重点 重量
    体重 音乐 快乐 乐队 调试 调用 调整 调查 协调 强调 空调 声调 传输 上传 传统 自传 传记 参数
    参加 参考 人参 率领 效率 频率 概率 覆盖率 差异 出差 误差 差别 降低 下降 投降 模块 模板 模式
    规模 模样 度量 进度 温度 难度 卡片 打卡 关卡 属性 属于 下属 称呼 名称 对称 觉得 感觉 睡觉
    自觉 薄弱 单薄 弹窗 弹性 子弹 学校 校对 校验 省略 节省 反省 朝向 今朝 朝代 折扣 露出 暴露
    便宜 方便 便利 没有 沉没 还原 归还 还有 目的 的确 我的 得到 了解 为了 首都 都市 给予 供给
    着急 着手 看着 会议 会计 开会 数据 数据库 数学 系统 关系 联系 角色 角度 主角 血液 解决 解释
    识别 知识 标识 空间 空格 更新 变更 转换 转账 旋转 应用 应该 反应 分析 部分 成分 处理 处长
    好处 发现 发票 头发 爱好 良好 干净 干活 树干 中心 命中 种类 种植 因为 作为 行为 教学 教程
    正确 正月 少年 减少 困难 灾难 高兴 兴趣 提供 供应 观点 道观 奇怪 奇数 将来 将军 相关 照相
    宁静 宁可 测试 测量 数量 质量 尽快 尽管 兴奋 曲线 歌曲 单位 简单 单于 查询 检查 登录 页面
    接口 文档 算法 需求 设计 评审 部署 上线 性能 优化 邮件 客户 报告 周报 项目 计划 团队 培训
    面试 合同 预算 发布 修改 问题 错误 编辑 删除 添加 创建 用户 密码 权限 配置 缓存 线程 异步
    回调 函数 变量 类型 对象 继承 绿色 策略 女士 旅行 法律 旅客 侵略 虐待 会谈 什么 那么 谁家
    重庆 长沙 厦门 大厦 西藏 宝藏 收藏 朴素 勒索 剥削 削减 尺寸
"""


def test_an_example_of_each_sort() -> None:
    assert pinyin.keys("写算法") == ("xiesuanfa", "xsf")
    assert pinyin.keys("写API文档") == ("xieapiwendang", "xapiwd")
    assert pinyin.keys("写 算法, v2!") == ("xiesuanfav2", "xsfv2")
    assert pinyin.keys("银行") == ("yinhang", "yh")
    assert pinyin.keys("行动") == ("xingdong", "xd")
    assert pinyin.keys("〇") == ("ling", "l")


def test_where_no_word_decides_all_readings_can_be_typed() -> None:
    assert pinyin.keys("长") == ("zhang", "chang", "z", "c")
    assert pinyin.keys("行长") == ("hangzhang", "hz")


def test_what_is_written_u_with_dots_can_be_typed_v_or_u() -> None:
    assert pinyin.keys("女") == ("nv", "nu", "n")
    assert {"celve", "celue"} <= {*pinyin.keys("策略")}


def test_an_ideograph_nobody_can_read_is_passed_over() -> None:
    assert pinyin.keys("兙") == ()
    assert pinyin.keys("兙写") == ("xie", "x")


def test_there_are_few_keys_for_a_text_full_of_doubt() -> None:
    assert len(pinyin.keys("长 重 乐 行 长 重 乐 行 长")) == 2 * pinyin.MOST_VARIANTS


def test_a_long_text_can_be_typed_from_its_beginning() -> None:
    assert pinyin.keys("写" * 3_000)[1] == "x" * pinyin.MOST_CHARACTERS


@given(st.text().filter(lambda text: not re.search("[\u3007\u4e00-\u9fff]", text)))
def test_a_text_without_ideographs_has_no_keys(text: str) -> None:
    assert pinyin.keys(text) == ()
    assert pinyin.span(text, "a") is None


@given(MIXED)
def test_keys_are_few_different_and_can_be_typed(text: str) -> None:
    keys = pinyin.keys(text)
    assert len(keys) == len({*keys}) <= 2 * pinyin.MOST_VARIANTS
    assert all(key.isalnum() and key == key.casefold() for key in keys)


@given(MIXED, st.data())
def test_what_begins_a_key_is_found_from_the_first_letter_on(
    text: str, data: st.DataObject
) -> None:
    keys = pinyin.keys(text)
    if keys:
        key = data.draw(st.sampled_from(keys))
        typed = key[: data.draw(st.integers(1, len(key)))]
        found = pinyin.span(text, typed)
        assert found is not None
        start, end = found
        assert 0 <= start < end <= len(text)


def test_what_was_typed_is_found_in_the_text() -> None:
    assert pinyin.span("写算法", "xiesu") == (0, 2)
    assert pinyin.span("review 写算法", "suanfa") == (8, 10)
    assert pinyin.span("review 写算法", "sf") == (8, 10)
    assert pinyin.span("写API文档", "apiw") == (1, 5)
    assert pinyin.span("写算法", "anf") is None


def test_words_are_read_as_pypinyin_reads_them() -> None:
    words = {*WORDS.split()}
    assert len(words) >= 200
    assert len(misread(words)) <= 0.02 * len(words), misread(words)


def test_sentences_are_read_as_pypinyin_reads_them() -> None:
    words = WORDS.split()
    sentences = {"".join(words[at : at + 4]) for at in range(len(words) - 3)}
    assert len(misread(sentences)) <= 0.1 * len(sentences), misread(sentences)


def misread(texts: set[str]) -> list[str]:
    """Those that cannot be typed as the dictionary of phrases has them."""
    return [text for text in texts if "".join(lazy_pinyin(text)) not in pinyin.keys(text)]


def test_every_ideograph_is_read_as_pypinyin_reads_it_alone() -> None:
    for ideograph in map(chr, range(0x4E00, 0xA000)):
        reading = [one.replace("ê", "e") for one in lazy_pinyin(ideograph, errors="ignore")]
        assert [*pinyin.keys(ideograph)[:1]] == reading, ideograph


def test_the_table_is_what_its_generator_writes() -> None:
    generator = run_path(str(ROOT / "packaging" / "make_pinyin_table.py"))
    assert generator["TABLE"].read_text(encoding="utf-8") == generator["render"]()


def test_the_table_is_loaded_for_the_first_ideograph_and_is_small() -> None:
    program = """
import sys, tracemalloc
from tray.model import pinyin
pinyin.keys("write the algorithm, ä ё ー")
assert not any(name.startswith("tray.model.pinyin.") for name in sys.modules)
tracemalloc.start()
pinyin.keys("写算法")
assert "tray.model.pinyin.table" in sys.modules
assert "pypinyin" not in sys.modules
print(tracemalloc.get_traced_memory()[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 1_500_000
